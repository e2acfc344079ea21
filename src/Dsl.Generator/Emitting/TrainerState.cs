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
            foreach (string start in Starts(trainer)) code.Line(start);
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

    /// <summary>Whether more than random streams depends on the seed.</summary>
    public static bool StartsBySeed(TrainerProgram trainer) => Starts(trainer).Any();

    /// <summary>The statements that start, by the seed, what has random initial values.</summary>
    private static IEnumerable<string> Starts(TrainerProgram trainer) =>
        (trainer.OwnParameters.Count > 0 ? new[] { OwnParametersEmitter.Start } : [])
            .Concat(trainer.States.Select(state => state.Start).OfType<string>());

    /// <summary>The random streams that go on from step to step.</summary>
    private static (string Field, string Creation)[] Streams(TrainerProgram trainer) =>
    [
        .. trainer.Draws.Count > 0 ? new[] { ("_drawStream", "new RandomStream(_seed, \"draws\")") } : [],
        .. HasDropout(trainer) ? new[] { ("_dropoutStream", "new RandomStream(_seed, \"dropout\")") } : [],
    ];

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
        var starts = Starts(trainer).ToList();
        string[] started =
        [
            .. trainer.OwnParameters.Count > 0 ? new[] { "adapters" } : [],
            .. trainer.States.Where(state => state.Start is not null).Select(state => state.Name),
        ];
        string words = starts.Count == 0 ? ""
            : $"; setting it before the first step starts the {string.Join(" and the ", started)} anew";
        code.Line();
        code.Summary($"Seed of every random stream of the trainer{words}.");
        using (code.Block("public long Seed"))
        {
            code.Line("get => _seed;");
            using (code.Block("set"))
            {
                code.Line(Guard);
                if (starts.Count == 0)
                {
                    WriteStreams(code, trainer);
                    return;
                }

                code.Line("UseSeed(value);");
                foreach (string start in starts) code.Line($"if (StepCount == 0) {start}");
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
