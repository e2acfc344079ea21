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
        string gradients = string.Join(", ", phase.Arenas.Select(arena => $"{arena.Code}.Gradients"));
        string[] body = !isSharded ? [$"GradientNorm.Clip({bound}, {gradients});"]
            :
            [
                $"var norm = Ranks.NormOfShards({gradients});",
                $"{gradients}.mul_(Aten.clamp_max_(Aten.div({bound}, Aten.add(norm, 1e-6)), 1));",
            ];
        phase.Clipping = new GradientClipping(
            "gradient norm clipped", "g <- g * min(1, bound / (|g| + 1e-6)); the factor stays on the device.", body,
            HasTemporaries: isSharded);
    }
}
