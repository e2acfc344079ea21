using Dsl.Generator.Binding;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class TrainingAccuracy : RecipePart<TrainingAccuracyAttribute>
{
    public override void LowerStep(StepContext step, TrainerProgram trainer)
    {
        Computation c = step.Computation;
        trainer.Accuracy = step.Mixed(new Comparison(step, trainer.EvaluatedOutput), compared =>
        {
            Value predicted = c.Add(new LargestClass(), "predicted", compared.Logits);
            Value right = c.Add(new RightLabels(), "right", predicted, compared.Label, compared.Logits);
            return c.Add(new LabelMean(false), "accuracy", right, compared.LabelCount(null));
        });
    }

    protected override void Lower(TrainingAccuracyAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
    }
}
