using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;

namespace Dsl.Generator.Schemes;

/// <summary>A scheme whose term grows into its weight.</summary>
internal abstract class RampedScheme<TAttribute> : Scheme<TAttribute>
    where TAttribute : RampedSchemeAttribute
{
    public sealed override bool NeedsLabeledObjective => true;

    protected override void Check(TAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run) =>
        run.RampUp(declared, attribute.RampUpEpochs, attribute.RampUpSteps);

    /// <summary>The weight at the present step.</summary>
    /// <param name="summary">What it is the weight of.</param>
    protected static Scalar Weight(TAttribute attribute, StepContext step, string summary) => step.RampedUp(
        AttributeBinder.ShortName(typeof(TAttribute).Name), attribute, "Weight", attribute.RampUpEpochs, attribute.RampUpSteps,
        summary);
}
