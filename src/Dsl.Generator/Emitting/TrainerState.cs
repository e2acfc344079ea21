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

    public static bool HasDropout(TrainerProgram trainer) => trainer.Players.Any(player => player.IsKept && player.HasDropout);

    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        PlayerEmitter.WriteFields(code, trainer);
        if (trainer.Stopping is not null) code.Line("private readonly BestWeights _best;");
        NonFiniteEmitter.WriteField(code, trainer);
        code.Line("private readonly Device _device;");
        foreach (var tape in Tapes(trainer)) code.Line($"private readonly {tape.Player.Type}.Tape {tape.Field} = new();");
        if (IsExplicit(trainer)) code.Line("private readonly Tensor _one;");
        OwnParametersEmitter.WriteFields(code, trainer);
        StateEmitter.WriteFields(code, trainer);
        foreach (var constants in trainer.Constants) code.Line(ConstantsEmitter.Field(constants));
        foreach (var (field, _) in Streams(trainer)) code.Line($"private RandomStream {field};");
        code.Line($"private long _seed = {Spelling.Join(trainer.Seed)};");
        code.Line("private Losses _losses;");
        code.Line("private bool _isDisposed;");
        WriteConstructor(code, trainer);
        PlayerEmitter.WriteProperties(code, trainer);
        OwnParametersEmitter.WriteMembers(code, trainer);
        NonFiniteEmitter.WriteMembers(code, trainer);
        StateEmitter.WriteMembers(code, trainer);
        WriteSeed(code, trainer);
        WriteDispose(code, trainer);
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
        using (code.Block($"public {trainer.Declaration.Type.Name}({parameters})"))
        {
            PlayerEmitter.WriteStart(code, trainer);
            if (trainer.Stopping is not null)
            {
                var kept = trainer.Players.Where(player => player.IsKept)
                    .Select(player => $"(\"{player.Name}\", {player.Field})");
                code.Line($"_best = new BestWeights({string.Join(", ", kept)});");
            }

            OwnParametersEmitter.WriteCreation(code, trainer);
            StateEmitter.WriteCreation(code, trainer);
            if (trainer.OwnParameters.Count > 0) code.Line(OwnParametersEmitter.Start);
            NonFiniteEmitter.WriteCreation(code, trainer);
            foreach (var constants in trainer.Constants.Where(constants => constants.Values is not null)) code.Line(ConstantsEmitter.Create(constants));
            if (IsExplicit(trainer))
                code.Line(
                    $"_one = ones(Array.Empty<long>(), {trainer.Model.Arena}.Values.dtype, _device).DetachFromDisposeScope();");
            foreach (var player in trainer.Phases.Where(phase => !phase.IsExplicit).SelectMany(phase => phase.Learners)
                .Distinct())
                code.Line($"{player.Field}.BindGradients();");
            foreach (var (field, creation) in Streams(trainer)) code.Line($"{field} = {creation};");
        }
    }

    /// <summary>The random streams that go on from step to step.</summary>
    private static (string Field, string Creation)[] Streams(TrainerProgram trainer) =>
    [
        .. trainer.Draws.Count > 0 ? new[] { ("_drawStream", "new RandomStream(_seed, \"draws\")") } : [],
        .. HasDropout(trainer)
            ? trainer.Phases.Select(phase => (DropoutStream(trainer, phase), $"new RandomStream(_seed, \"{Purpose(phase)}\")"))
            : [],
    ];

    /// <summary>The stream that a phase's masks are drawn from: another phase of the same step has other masks.</summary>
    public static string DropoutStream(TrainerProgram trainer, Phase phase) =>
        phase == trainer.Main ? "_dropoutStream" : $"_{Casing.Variable(phase.Name)}DropoutStream";

    private static string Purpose(Phase phase) => phase.Name.Length == 0 ? "dropout" : $"dropout, {Casing.Variable(phase.Name)}";

    private static void WriteDispose(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        code.Summary("Frees the trainer's own state; the network lives on.");
        using (code.Block("public void Dispose()"))
        {
            code.Line("_isDisposed = true;");
            PlayerEmitter.WriteDispose(code, trainer);
            if (trainer.Stopping is not null) code.Line("_best.Dispose();");
            NonFiniteEmitter.WriteDispose(code, trainer);
            foreach (var tape in Tapes(trainer)) code.Line($"{tape.Field}.Dispose();");
            if (IsExplicit(trainer)) code.Line("_one.Dispose();");
            OwnParametersEmitter.WriteDispose(code, trainer);
            foreach (var constants in trainer.Constants) code.Line($"{constants.Field}{(constants.Values is null ? "?" : "")}.Dispose();");
            StateEmitter.WriteDispose(code, trainer);
            foreach (var (field, _) in Streams(trainer)) code.Line($"{field}.Dispose();");
            code.Line("_losses.Dispose();");
        }

        code.Line();
        using (code.Block("private void ThrowIfDisposed()"))
        {
            code.Line("ObjectDisposedException.ThrowIf(_isDisposed, this);");
            foreach (var player in trainer.Players.Where(player => player.Origin is Origin.Learned))
                code.Line($"ObjectDisposedException.ThrowIf({player.Arena}.Values.IsInvalid, {player.Field});");
        }
    }

    private static void WriteSeed(CodeWriter code, TrainerProgram trainer)
    {
        bool startsOwn = trainer.OwnParameters.Count > 0;
        code.Line();
        code.Summary(
            $"Seed of every random stream of the trainer{(startsOwn ? "; setting it before the first step starts the adapters anew" : "")}.");
        using (code.Block("public long Seed"))
        {
            code.Line("get => _seed;");
            using (code.Block("set"))
            {
                code.Line(Guard);
                if (!startsOwn)
                {
                    WriteStreams(code, trainer);
                    return;
                }

                code.Line("UseSeed(value);");
                code.Line($"if (StepCount == 0) {OwnParametersEmitter.Start}");
            }
        }

        code.Line();
        using (code.Block("private void UseSeed(long value)")) WriteStreams(code, trainer);
    }

    private static void WriteStreams(CodeWriter code, TrainerProgram trainer)
    {
        code.Line("_seed = value;");
        foreach (var (field, creation) in Streams(trainer))
        {
            code.Line($"{field}.Dispose();");
            code.Line($"{field} = {creation};");
        }
    }
}
