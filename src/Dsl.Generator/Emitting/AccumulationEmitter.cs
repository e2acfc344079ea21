using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Recipes;

namespace Dsl.Generator.Emitting;

/// <summary>Updates on the gradient of several batches.</summary>
internal static class AccumulationEmitter
{
    /// <summary>Where the random streams of the present batch stand: every batch of an update has numbers of its own.</summary>
    public static string Position(TrainerProgram trainer) => trainer.Accumulates ? "StreamPosition" : "StepCount";

    public static void WriteStep(CodeWriter code, TrainerProgram trainer)
    {
        string stream = trainer.Roles[0].Name;
        code.Line();
        code.Line("private int _part;");
        code.Line();
        code.Line("// Every batch of an update has random numbers of its own.");
        code.Line($"private long StreamPosition => StepCount * {Accumulate.Batches} + _part;");
        code.Line();
        code.Summary("One update on several batches: the gradient is the mean over all their samples, and so are the losses.");
        code.Line($"/// <param name=\"window\">One to {Accumulate.Batches} batches; each counts by its share of the samples.</param>");
        using (code.Block("public Losses Step(IReadOnlyList<Batch> window)"))
        {
            code.Line(TrainerState.Guard);
            code.Line($"if (window.Count < 1 || window.Count > {Accumulate.Batches}) throw new ArgumentException($\"An update has 1 to {{{Accumulate.Batches}}} batches, not {{window.Count}}.\", nameof(window));");
            code.Line("long samples = 0;");
            code.Line($"foreach (var batch in window) samples += batch.{stream}.size(0);");
            code.Line("var mean = default(Losses);");
            using (code.Block("try"))
            {
                using (code.Block("for (_part = 0; _part < window.Count; _part++)"))
                {
                    code.Line("Batch batch = window[_part];");
                    code.Line($"double share = batch.{stream}.size(0) / (double)samples;");
                    code.Line("using var draws = SampleDraws(batch);");
                    code.Line("mean = mean.Plus(ComputeGradients(batch, draws, share), share);");
                }
            }

            using (code.Block("catch"))
            {
                code.Line("// Half a window must not leak into the next update.");
                code.Line("mean.Dispose();");
                code.Line("_model.Arena.Gradients.zero_();");
                if (trainer.Adapters.Count > 0) code.Line($"{AdapterEmitter.Arena}.Gradients.zero_();");
                code.Line("throw;");
            }

            using (code.Block("finally"))
            {
                code.Line("_part = 0;");
            }

            code.Line();
            code.Line("ApplyGradients();");
            code.Line("_losses.Dispose();");
            code.Line("return _losses = mean;");
        }
    }

    /// <summary>The method of <c>Losses</c> that sums them, weighted.</summary>
    public static void WriteSum(CodeWriter code, TrainerProgram trainer)
    {
        var members = trainer.StepResults.Select(result => result.Member);
        code.Line();
        using (code.Block("internal Losses Plus(Losses other, double share)"))
        {
            code.Line($"return new Losses({string.Join(", ", members.Select(member => $"Sum({member}, other.{member})"))});");
            code.Line();
            code.Line("Tensor Sum(Tensor? sum, Tensor term) => sum is null ? (term * share).DetachFromDisposeScope() : sum.add_(term, share);");
        }
    }

    /// <summary>The batches of one update from the data, as a local <c>window</c>.</summary>
    /// <param name="sampler">The sampler whose epochs count.</param>
    public static string[] WindowBounds(string sampler) =>
    [
        $"long batches = {sampler}.BatchesPerEpoch;",
        "long epoch = StepCount / StepsPerEpoch;",
        $"long start = epoch * batches + StepCount % StepsPerEpoch * {Accumulate.Batches};",
        $"long end = Math.Min(start + {Accumulate.Batches}, (epoch + 1) * batches);",
    ];
}
