using Dsl.Generator.Checking;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Recipes;

internal sealed class EarlyStopping : RecipePart<EarlyStoppingAttribute>
{
    protected override void Lower(EarlyStoppingAttribute stopping, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings) =>
        trainer.Stopping = new StoppingRule(
            stopping.Metric,
            Recipe.Add(trainer, stopping, nameof(stopping.Patience), "EarlyStoppingPatience").Code,
            Recipe.Add(trainer, stopping, nameof(stopping.MinimumImprovement), "EarlyStoppingMinimumImprovement").Code);
}
