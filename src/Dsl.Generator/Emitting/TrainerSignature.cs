using System.Linq;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Emitting;

/// <summary>What a step takes and gives: <c>Batch</c>, <c>Draws</c>, <c>Losses</c>.</summary>
internal static class TrainerSignature
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        code.Summary("The data of one step.");
        foreach (var role in trainer.Roles) code.Line($"/// <param name=\"{role.Name}\">{role.Summary}.</param>");
        using (code.Block($"public sealed record Batch({string.Join(", ", trainer.Roles.Select(role => $"Tensor {role.Name}"))}) : IDisposable"))
        {
            code.Line("/// <inheritdoc/>");
            using (code.Block("public void Dispose()"))
                foreach (var role in trainer.Roles) code.Line($"{role.Name}.Dispose();");
        }

        code.Line();
        code.Summary("Every random number that a step uses.");
        foreach (var draw in trainer.Draws) code.Line($"/// <param name=\"{draw.Name}\">{draw.Summary}.</param>");
        using (code.Block($"public sealed record Draws({string.Join(", ", trainer.Draws.Select(draw => $"Tensor {draw.Name}"))}) : IDisposable"))
        {
            code.Line("/// <inheritdoc/>");
            using (code.Block("public void Dispose()"))
                foreach (var draw in trainer.Draws) code.Line($"{draw.Name}.Dispose();");
        }

        if (trainer.Accumulates) AccumulationEmitter.WriteCounts(code, trainer);
        code.Line();
        code.Summary("The losses of a step, without dimensions and without their weights. They belong to the trainer and live until its next step.");
        code.Line("/// <param name=\"Total\">The weighted sum that is minimised.</param>");
        foreach (var term in trainer.Terms) code.Line($"/// <param name=\"{term.Name}\">{term.Notation.Replace("<", "&lt;")}.</param>");
        if (trainer.Accuracy is not null) code.Line("/// <param name=\"Accuracy\">The share of the batch that was predicted rightly; of mixed labels each by its share.</param>");
        string members = string.Join(", ", trainer.StepResults.Select(result => $"Tensor {result.Member}"));
        using (code.Block($"public readonly record struct Losses({members})"))
        {
            using (code.Block("internal void Dispose()"))
                foreach (var (member, _) in trainer.StepResults) code.Line($"{member}?.Dispose();");

            if (trainer.Accumulates) AccumulationEmitter.WriteSum(code, trainer);
        }
    }
}
