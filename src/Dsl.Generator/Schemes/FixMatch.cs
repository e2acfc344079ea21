using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class FixMatch : Scheme<FixMatchAttribute<object, object>>
{
    public override bool NeedsLabeledObjective => true;

    public override bool TakesObjectivePass => true;

    protected override void Prepare(
        FixMatchAttribute<object, object> attribute, Bound<SchemeAttribute> declared, StepContext step) =>
        TwoViews.Prepare(declared, step);

    protected override void Lower(FixMatchAttribute<object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Scalar threshold = step.Hyperparameter(attribute, nameof(attribute.Threshold));
        Value rows = Guesses.Likelihood(
            step, step.ResultTogether(TwoViews.Weak), step.ResultTogether(TwoViews.Strong), threshold);
        step.AddTerm(new Term("FixMatch", step.Mean("fixMatch", rows), step.Hyperparameter(attribute, nameof(attribute.Weight)),
            "mean 1[max p_w ≥ τ]·(−log softmax(z_s)[argmax p_w]), p_w = softmax(z_w)")
        {
            Symbols = [.. TwoViews.Symbols,
                new("τ", "the least probability that counts", threshold.Code, Scalar.Literal(attribute.Threshold))],
        });
    }
}
