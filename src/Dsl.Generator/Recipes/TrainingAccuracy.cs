using Dsl.Generator.Checking;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Recipes;

internal sealed class TrainingAccuracy : RecipePart<TrainingAccuracyAttribute>
{
    public override void LowerStep(StepContext step, TrainerProgram trainer)
    {
        step.Of = trainer.Evaluated;
        Value predicted = step.Computation.Add(new LargestClass(), "predicted", step.Logits);
        trainer.Accuracy = step.Mixed(step.Computation.Add(new Accuracy(), "accuracy", predicted, step.Label, step.Logits));
        step.Of = null;
    }

    protected override void Lower(TrainingAccuracyAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
    }
}
