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
        Value accuracy = step.Mixed(new Comparison(step, trainer.EvaluatedOutput), compared =>
        {
            Value predicted = c.Add(new LargestClass(), "predicted", compared.Logits);
            Value right = c.Add(new RightLabels(), "right", predicted, compared.Label, compared.Logits);
            return c.Add(new LabelMean(false), "accuracy", right, compared.LabelCount(null));
        });
        string labels = trainer.Accumulates ? "window.ConvertAll(batch => batch.Label)" : "batch.Label";
        trainer.Reports.Add(new StepReport(
            "Accuracy", accuracy, "The share of the batch that was predicted rightly; of mixed labels each by its share.")
        {
            Told = $"run.Predicted(losses.Accuracy, {labels});",
            Row = "the accuracy of the step's predictions, epoch by epoch",
        });
    }

    protected override void Lower(
        TrainingAccuracyAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
    }
}
