using System.Linq;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>Gradients of a batch that depend on samples of the past.</summary>
internal static class MemoryEmitter
{
    private const string Own = "ComputeOwnGradients";

    /// <summary>Writes the public method, which takes the gradient of remembered samples first, and gives the head of the one
    /// that computes.</summary>
    /// <param name="head">The public method's.</param>
    public static string Write(CodeWriter code, TrainerProgram trainer, GradientMemory memory, string head)
    {
        using (code.Block(head))
        {
            code.Line(TrainerState.Guard);
            using (code.Block($"if (!({memory.IsThere}))"))
            {
                code.Line($"return {Own}(batch, draws);");
            }

            code.Line();
            code.Line("// The gradient of remembered samples, with running statistics as they are.");
            code.Line("using var remembered = new Batch(");
            for (int i = 0; i < memory.Parts.Count; i++)
                code.Line($"    {memory.Parts[i]}{(i + 1 < memory.Parts.Count ? "," : ");")}");
            code.Line("using var drawn = SampleDraws(remembered);");
            string call = $"{Own}(remembered, drawn)";
            foreach (var player in trainer.Players.Where(player => player.IsKept && player.Network is { Buffers.Count: > 0 }
                && player.Origin is not Origin.Average { Trains: false }))
                call = $"KeptStatistics.During({player.Field}, () => {call})";
            code.Line($"{call}.Dispose();");
            code.Line("_losses = default;");
            code.Line(memory.Keep);
            code.Line($"Losses losses = {Own}(batch, draws);");
            code.Line(memory.Apply);
            code.Line("return losses;");
        }

        code.Line();
        code.Line("// The losses of some samples; adds their gradient.");
        return head.Replace("public Losses ComputeGradients(", $"private Losses {Own}(");
    }
}
