using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class ClassSampling : RecipePart<ClassSamplingAttribute>
{
    public override void CheckLabels(Bound<RecipeAttribute> declared, LabelKind kind, Findings findings) =>
        ClassOrder.CheckLabels(declared, kind, findings);

    protected override void Lower(
        ClassSamplingAttribute attribute, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        Scalar exponent = Hyperparameters.Add(
            trainer, attribute, nameof(attribute.Exponent), nameof(ClassSampling) + nameof(attribute.Exponent));
        string progress = attribute.Progressive ? ", () => StepCount / (double)TotalSteps" : "";
        ClassOrder.Use(
            $"new ClassFrequencySampler({Stream.Data.Argument}, {Stream.Data.BatchSize}, {exponent.Code}, "
            + $"{Spelling.Bool(trainer.DropLast)}, Seed{progress})", declared, trainer, findings);
    }
}
