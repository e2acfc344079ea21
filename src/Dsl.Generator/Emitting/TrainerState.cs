using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>What a trainer holds: networks, tapes, states, random streams; its constructor and its end.</summary>
internal static class TrainerState
{
    /// <summary>What every public method begins with: a freed tensor's own error names neither trainer nor network.</summary>
    public const string Guard = "ThrowIfDisposed();";

    /// <summary>The same where the trainer, or what it trains, changes: on one thread at a time, and nobody frees it.</summary>
    public const string Entry = "using var running = Enter();";

    /// <summary>The same around backward operations, whose values share memory.</summary>
    public const string StepEntry = "using var running = EnterStep();";

    public static bool HasDropout(TrainerProgram trainer) => trainer.Players.Any(player => player.IsKept && player.HasDropout);

    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        PlayerEmitter.WriteFields(code, trainer);
        if (trainer.Stopping is not null) code.Line("private readonly BestWeights _best;");
        NonFiniteEmitter.WriteField(code, trainer);
        code.Line("private readonly Device _device;");
        foreach (var tape in Tapes(trainer)) code.Line($"private readonly {tape.Player.Type}.Tape {tape.Field};");
        if (IsExplicit(trainer)) code.Line("private readonly Tensor _one;");
        OwnParametersEmitter.WriteFields(code, trainer);
        StateEmitter.WriteFields(code, trainer);
        foreach (string field in trainer.Constants.SelectMany(ConstantsEmitter.Fields)) code.Line(field);
        foreach (var (field, _) in Streams(trainer)) code.Line($"private readonly RandomStream {field};");
        code.Line("private Losses _losses;");
        WriteConstructor(code, trainer);
        PlayerEmitter.WriteProperties(code, trainer);
        OwnParametersEmitter.WriteMembers(code, trainer);
        NonFiniteEmitter.WriteMembers(code, trainer);
        StateEmitter.WriteMembers(code, trainer);
        if (Starts(trainer).Any()) WriteSeedGiven(code, trainer);
        WriteFree(code, trainer);
    }

    private static bool IsExplicit(TrainerProgram trainer) => trainer.Phases.Any(phase => phase.IsExplicit);

    /// <summary>The tapes of calls that are differentiated by backward operations.</summary>
    private static IEnumerable<Tape> Tapes(TrainerProgram trainer) => trainer.Tapes.Where(tape => tape.Phase.IsExplicit);

    private static void WriteConstructor(CodeWriter code, TrainerProgram trainer)
    {
        var arguments = PlayerEmitter.Arguments(trainer).ToList();
        code.Line();
        code.Summary("Creates a trainer and moves the networks to its device.");
        foreach (var (_, documentation) in arguments) code.Line(documentation);
        code.Line("/// <param name=\"device\">Where to train; null for the CPU.</param>");
        string parameters = string.Join(", ", arguments.Select(argument => argument.Code).Append("Device? device = null"));
        string name = trainer.Declaration.Type.Name;
        code.Line($"public {name}({parameters})");
        using (code.Block($"    : base(nameof({name}), {Spelling.Join(trainer.Seed)})"))
        {
            if (trainer.HasRanks) code.Line(trainer.ShardsOptimizer ? "JoinRanks(shardOptimizer: true);" : "JoinRanks();");
            PlayerEmitter.WriteStart(code, trainer);
            if (trainer.Stopping is not null)
            {
                var kept = trainer.Players.Where(player => player.IsKept)
                    .Select(player => $"(\"{player.Name}\", {player.Field})");
                code.Line($"_best = Own(new BestWeights({string.Join(", ", kept)}));");
            }

            foreach (var tape in Tapes(trainer)) code.Line($"{tape.Field} = Own(new {tape.Player.Type}.Tape());");
            OwnParametersEmitter.WriteCreation(code, trainer);
            StateEmitter.WriteCreation(code, trainer);
            foreach (string start in Starts(trainer)) code.Line(start);
            NonFiniteEmitter.WriteCreation(code, trainer);
            foreach (string creation in trainer.Constants.SelectMany(ConstantsEmitter.Create)) code.Line(creation);
            if (IsExplicit(trainer))
                code.Line(
                    $"_one = Own(ones(Array.Empty<long>(), {trainer.Model.Arena}.Values.dtype, "
                    + $"_device).DetachFromDisposeScope());");
            foreach (var player in trainer.Phases.Where(phase => !phase.IsExplicit).SelectMany(phase => phase.Learners)
                .Distinct())
                code.Line($"{player.Field}.BindGradients();");
            foreach (var (field, creation) in Streams(trainer)) code.Line($"{field} = {creation};");
        }
    }

    /// <summary>The statements that start, by the seed, what has random initial values.</summary>
    private static IEnumerable<string> Starts(TrainerProgram trainer) =>
        (trainer.OwnParameters.Count > 0 ? new[] { OwnParametersEmitter.Start } : [])
            .Concat(trainer.States.Select(state => state.Start).OfType<string>());

    /// <summary>The random streams that go on from step to step.</summary>
    private static (string Field, string Creation)[] Streams(TrainerProgram trainer) =>
    [
        .. trainer.Draws.Count > 0 ? new[] { ("_drawStream", "OwnStream(\"draws\")") } : [],
        .. HasDropout(trainer)
            ? trainer.Phases.Select(phase => (DropoutStream(trainer, phase), $"OwnStream(\"{Purpose(phase)}\")"))
            : [],
    ];

    /// <summary>The stream that a phase's masks are drawn from: another phase of the same step has other masks.</summary>
    public static string DropoutStream(TrainerProgram trainer, Phase phase) =>
        phase == trainer.Main ? "_dropoutStream" : $"_{Casing.Variable(phase.Name)}DropoutStream";

    private static string Purpose(Phase phase) => phase.Name.Length == 0 ? "dropout" : $"dropout, {Casing.Variable(phase.Name)}";

    private static void WriteSeedGiven(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        code.Inherited();
        using (code.Block("protected override void SeedGiven()"))
        {
            code.Line("// Once a step was made, it is no longer what was drawn from the seed.");
            code.Line("if (StepCount > 0) return;");
            foreach (string start in Starts(trainer)) code.Line(start);
        }
    }

    private static void WriteFree(CodeWriter code, TrainerProgram trainer)
    {
        string[] replaced =
        [
            .. trainer.Constants.Where(constants => constants.Values is null).Select(constants => constants.Field),
        ];
        code.Line();
        code.Inherited();
        if (replaced.Length == 0)
        {
            code.Line("protected override void FreeResults() => _losses.Dispose();");
            return;
        }

        using (code.Block("protected override void FreeResults()"))
        {
            code.Line("_losses.Dispose();");
            code.Line($"Free({string.Join(", ", replaced)});");
        }
    }
}
