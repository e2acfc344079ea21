using Dsl.Generator.Binding;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class EarlyStopping : RecipePart<EarlyStoppingAttribute>
{
    protected override void Lower(EarlyStoppingAttribute stopping, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings) =>
        trainer.Stopping = new StoppingRule(
            stopping.Metric,
            Hyperparameters.Add(trainer, stopping, nameof(stopping.Patience), "EarlyStoppingPatience").Code,
            Hyperparameters.Add(trainer, stopping, nameof(stopping.MinimumImprovement), "EarlyStoppingMinimumImprovement").Code);
}
