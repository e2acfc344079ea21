using System.Linq;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Recipes;

internal sealed class ClipGradValue : RecipePart<ClipGradValueAttribute>
{
    protected override void Lower(ClipGradValueAttribute clip, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        string bound = Recipe.Add(trainer, clip, nameof(clip.MaxValue), "MaxGradValue").Code;
        trainer.Clipping = new GradientClipping("gradient clipped by value", "g <- min(max(g, -bound), bound), element by element.",
            [.. trainer.Arenas.Select(arena => $"{arena}.Gradients.clamp_(-{bound}, {bound});")]);
    }
}
