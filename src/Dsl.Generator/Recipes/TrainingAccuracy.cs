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
        Value right = step.Computation.Add(new RightLabels(), "right", predicted, step.Label, step.Logits);
        trainer.Accuracy = step.Mixed(step.Computation.Add(new LabelMean(), "accuracy", right, step.LabelCount(null)));
        step.Of = null;
    }

    protected override void Lower(TrainingAccuracyAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
    }
}
