using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class EarlyStopping : RecipePart<EarlyStoppingAttribute>
{
    public override bool NeedsEvaluation => true;

    // Real numbers are predicted more or less well, but not rightly or wrongly.
    public override void CheckLabels(Bound<RecipeAttribute> declared, LabelKind kind, Findings findings)
    {
        if (kind is not (LabelKind.Real or LabelKind.Identity or LabelKind.Objects)
            || ((EarlyStoppingAttribute)declared.Attribute).Metric != Metric.Accuracy) return;
        findings.Add(
            Catalogue.WithoutEffect, declared.SiteOf("metric"), "Metric.Accuracy", declared.Name,
            "labels that are classes, or yes or no").Offer(declared.Set("metric", "Metric.Loss"));
    }

    protected override void Lower(
        EarlyStoppingAttribute stopping, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings) =>
        trainer.Stopping = new StoppingRule(
            stopping.Metric,
            Hyperparameters.Add(trainer, stopping, nameof(stopping.Patience), "EarlyStoppingPatience").Code,
            Hyperparameters.Add(trainer, stopping, nameof(stopping.MinimumImprovement), "EarlyStoppingMinimumImprovement").Code);
}
