using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class ClipGradValue : RecipePart<ClipGradValueAttribute>
{
    protected override void Lower(
        ClipGradValueAttribute clip, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        string bound = Hyperparameters.Add(trainer, clip, nameof(clip.MaxValue), "MaxGradValue").Code;
        foreach (var phase in trainer.Phases)
        {
            phase.Clipping = new GradientClipping(
                "gradient clipped by value", "g <- min(max(g, -bound), bound), element by element.",
                [.. phase.Arenas.Select(arena => $"Aten.clamp_({arena.Code}.Gradients, -{bound}, {bound});")]);
        }
    }
}
