using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class TrainingAccuracy : RecipePart<TrainingAccuracyAttribute>
{
    public override bool ReadsLabels => true;

    public override void CheckLabels(Bound<RecipeAttribute> declared, LabelKind kind, Findings findings)
    {
        if (kind == LabelKind.Class) return;
        findings.Add(Catalogue.NothingToCount, declared.Site, declared.Name,
            kind == LabelKind.None ? "are not there: no objective reads any" : $"are {kind.Words()}").Offer(declared.Remove());
    }

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
