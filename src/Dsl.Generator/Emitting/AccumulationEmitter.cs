using System.Linq;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>Updates on the gradient of several batches.</summary>
internal static class AccumulationEmitter
{
    /// <summary>Where the random streams of the present batch stand: every batch of an update has numbers of its own.</summary>
    public static string Position(TrainerProgram trainer) => trainer.Accumulates ? "StreamPosition" : "StepCount";

    public static void WriteStep(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        code.Line("private int _part;");
        code.Line();
        code.Line("// Every batch of an update has random numbers of its own.");
        code.Line($"private long StreamPosition => StepCount * {TrainerProgram.BatchesPerUpdate} + _part;");
        code.Line();
        code.Summary(
            "One update on several batches, as if they were one: the losses and their gradient are those of all their samples "
            + "and labels.");
        code.Line($"/// <param name=\"window\">One to {TrainerProgram.BatchesPerUpdate} batches.</param>");
        using (code.Block("public Losses Step(IReadOnlyList<Batch> window)"))
        {
            code.Line(TrainerState.Entry);
            code.Line("ArgumentNullException.ThrowIfNull(window);");
            string count = $"$\"An update has 1 to {{{TrainerProgram.BatchesPerUpdate}}} batches, not {{window.Count}}.\"";
            code.Line($"if (window.Count < 1 || window.Count > {TrainerProgram.BatchesPerUpdate})");
            code.Line($"    throw new ArgumentException({count}, nameof(window));");
            if (trainer.Counts.Count == 0) code.Line($"foreach (var batch in window) {RequirementEmitter.Call}");
            code.Line("using var counts = CountWindow(window);");
            code.Line("var sum = default(Losses);");
            using (code.Block("try"))
            {
                using (code.Block("for (_part = 0; _part < window.Count; _part++)"))
                {
                    code.Line("Batch batch = window[_part];");
                    code.Line("using var draws = SampleDraws(batch);");
                    code.Line("sum = sum.Plus(ComputeGradients(batch, draws, counts));");
                }
            }

            using (code.Block("catch"))
            {
                code.Line("// Half a window must not leak into the next update.");
                code.Line("sum.Dispose();");
                code.Line("DropGradients();");
                code.Line("throw;");
            }

            using (code.Block("finally"))
            {
                code.Line("_part = 0;");
            }

            code.Line();
            NonFiniteEmitter.WriteWindowEnd(code, trainer);
        }
    }

    /// <summary>What the means of an update are over, and the method that counts it.</summary>
    public static void WriteCounts(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        code.Summary("What the means of an update are over, in all its batches.");
        foreach (var count in trainer.Counts) code.Line($"/// <param name=\"{count.Member}\">{count.Summary}.</param>");
        string members = string.Join(", ", trainer.Counts.Select(count => $"{count.Type} {count.Member}"));
        using (code.Block($"public sealed record Counts({members}) : IDisposable"))
        {
            code.Line("/// <inheritdoc/>");
            code.Line(
                $"public void Dispose() => "
                + $"Free({string.Join(", ", trainer.Counts.OfType<LabelCount>().Select(count => count.Member))});");
        }
    }

    /// <summary>The method that counts what the means of an update are over.</summary>
    public static void WriteCountWindow(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        code.Summary(
            $"What the means of an update on some batches are over{(trainer.HasRanks ? ", in all ranks" : "")}.");
        if (trainer.Counts.Count == 0)
        {
            code.Line("public static Counts CountWindow(IReadOnlyList<Batch> window) => new();");
            return;
        }

        using (code.Block("public Counts CountWindow(IReadOnlyList<Batch> window)"))
        {
            code.Line(TrainerState.Guard);
            code.Line("ArgumentNullException.ThrowIfNull(window);");
            foreach (var count in trainer.Counts) code.Line($"{count.Type} {Local(count)} = {Start(count)};");
            using (code.Block("foreach (var batch in window)"))
            {
                code.Line(RequirementEmitter.Call);
                foreach (var count in trainer.Counts) WriteAddition(code, count);
            }

            code.Line();
            if (trainer.HasRanks) RankEmitter.WriteCounts(code, trainer.Counts.Select(count => (Local(count), count.Type)));
            code.Line($"return new Counts({string.Join(", ", trainer.Counts.Select(Local))});");
        }
    }

    /// <summary>A batch's shares of the samples of an update, as locals.</summary>
    public static void WriteShares(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var count in trainer.Counts.OfType<SampleCount>())
            code.Line($"double {count.Share} = batch.{count.Field.Name}.size(0) / (double)counts.{count.Member};");
    }

    private static string Local(WindowCount count) => char.ToLowerInvariant(count.Member[0]) + count.Member.Substring(1);

    private static string Start(WindowCount count) =>
        count is SampleCount ? "0" : "zeros(Array.Empty<long>(), _model.Arena.Values.dtype, _device).DetachFromDisposeScope()";

    private static void WriteAddition(CodeWriter code, WindowCount count)
    {
        if (count is SampleCount samples)
        {
            code.Line($"{Local(count)} += batch.{samples.Field.Name}.size(0);");
            return;
        }

        string term = Local(count) + "OfBatch", weights = ((LabelCount)count).Weights is { } field ? ", " + field : "";
        code.Line($"using Tensor {term} = ClassLabels.Count(batch.Label, {Local(count)}{weights});");
        code.Line($"Aten.add_({Local(count)}, {term});");
    }

    /// <summary>The method of <c>Losses</c> that sums them.</summary>
    public static void WriteSum(CodeWriter code, TrainerProgram trainer)
    {
        var members = trainer.StepResults.Select(result => result.Member);
        code.Line();
        using (code.Block("internal Losses Plus(Losses other)"))
        {
            code.Line($"return new Losses({string.Join(", ", members.Select(member => $"Sum({member}, other.{member})"))});");
            code.Line();
            code.Line(
                "Tensor Sum(Tensor? sum, Tensor term) => "
                + "sum is null ? term.clone().DetachFromDisposeScope() : Aten.add_(sum, term);");
        }
    }

    /// <summary>The batches of one update from the data, as a local <c>window</c>.</summary>
    /// <param name="sampler">The sampler whose epochs count.</param>
    public static string[] WindowBounds(string sampler) =>
    [
        $"long batches = {sampler}.BatchesPerEpoch;",
        "long epoch = StepCount / StepsPerEpoch;",
        $"long start = epoch * batches + StepCount % StepsPerEpoch * {TrainerProgram.BatchesPerUpdate};",
        $"long end = Math.Min(start + {TrainerProgram.BatchesPerUpdate}, (epoch + 1) * batches);",
    ];
}
