using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class EarlyStopping : RecipePart<EarlyStoppingAttribute>
{
    public override bool NeedsEvaluation => true;

    protected override void Lower(EarlyStoppingAttribute stopping, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings) =>
        trainer.Stopping = new StoppingRule(
            stopping.Metric,
            Hyperparameters.Add(trainer, stopping, nameof(stopping.Patience), "EarlyStoppingPatience").Code,
            Hyperparameters.Add(trainer, stopping, nameof(stopping.MinimumImprovement), "EarlyStoppingMinimumImprovement").Code);
}
