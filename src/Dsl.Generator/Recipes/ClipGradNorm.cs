using System.Linq;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Recipes;

internal sealed class ClipGradNorm : RecipePart<ClipGradNormAttribute>
{
    protected override void Lower(ClipGradNormAttribute clip, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        string bound = Recipe.Add(trainer, clip, nameof(clip.MaxNorm), "MaxGradNorm").Code;
        string[] body = trainer.Arenas.Count == 1
            ? ["var norm = _model.Arena.Gradients.norm();", $"_model.Arena.Gradients.mul_(({bound} / (norm + 1e-6)).clamp_max_(1));"]
            :
            [
                $"var norm = ({string.Join(" + ", trainer.Arenas.Select(arena => $"{arena}.Gradients.norm().square()"))}).sqrt();",
                $"var factor = ({bound} / (norm + 1e-6)).clamp_max_(1);",
                .. trainer.Arenas.Select(arena => $"{arena}.Gradients.mul_(factor);"),
            ];
        trainer.Clipping = new GradientClipping("gradient norm clipped", "g <- g * min(1, bound / (|g| + 1e-6)); the factor stays on the device.", body);
    }
}
