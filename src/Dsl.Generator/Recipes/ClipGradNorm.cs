using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class ClipGradNorm : RecipePart<ClipGradNormAttribute>
{
    protected override void Lower(
        ClipGradNormAttribute clip, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        string bound = Hyperparameters.Add(trainer, clip, nameof(clip.MaxNorm), "MaxGradNorm").Code;
        foreach (var phase in trainer.Phases) Lower(phase, bound, trainer.ShardsOptimizer);
    }

    // Each descent has a norm of its own.
    private static void Lower(Phase phase, string bound, bool isSharded)
    {
        string first = phase.Arenas[0].Code;
        string norms = string.Join(", ", phase.Arenas.Select(arena => $"{arena.Code}.Gradients.norm()"));
        string factor = $"Aten.clamp_max_(Aten.div({bound}, Aten.add(norm, 1e-6)), 1)";
        string norm = isSharded ? $"Ranks.NormOfShards({first}.Gradients)" : $"{first}.Gradients.norm()";
        string[] body = phase.Arenas.Count == 1
            ? [$"var norm = {norm};", $"{first}.Gradients.mul_({factor});"]
            :
            [
                $"var norm = stack(new[] {{ {norms} }}).norm();",
                $"var factor = {factor};",
                .. phase.Arenas.Select(arena => $"{arena.Code}.Gradients.mul_(factor);"),
            ];
        phase.Clipping = new GradientClipping(
            "gradient norm clipped", "g <- g * min(1, bound / (|g| + 1e-6)); the factor stays on the device.", body);
    }
}
