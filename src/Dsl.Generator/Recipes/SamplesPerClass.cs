using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class SamplesPerClass : RecipePart<SamplesPerClassAttribute>
{
    public override int? SamplesOfAClass(RecipeAttribute attribute) => ((SamplesPerClassAttribute)attribute).Samples;

    public override void CheckLabels(Bound<RecipeAttribute> declared, LabelKind kind, Findings findings) =>
        ClassOrder.CheckLabels(declared, kind, findings);

    protected override void Check(SamplesPerClassAttribute attribute, Bound<RecipeAttribute> declared, RunCheck run)
    {
        if (run.BatchSize % attribute.Samples == 0 && run.BatchSize >= 2 * attribute.Samples) return;
        int size = System.Math.Max(2, run.BatchSize / attribute.Samples) * attribute.Samples;
        run.Findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name,
            $"batches of two classes or more with {attribute.Samples} samples each", $"a batch has {run.BatchSize} samples",
            $"write [BatchSize({size})]");
    }

    protected override void Lower(
        SamplesPerClassAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        Scalar samples = Hyperparameters.Add(trainer, attribute, nameof(attribute.Samples), nameof(SamplesPerClass));
        ClassOrder.Use(
            $"new ClassSampler({Stream.Data.Argument}, {Stream.Data.BatchSize}, {samples.Code}, Seed)", declared, trainer,
            findings);
    }
}
