using Dsl.Generator.Binding;
using Dsl.Generator.Checking;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Augmentations;

internal sealed class Sharpness : Transformation<SharpnessAttribute>
{
    protected override bool NeedsUnitRange(SharpnessAttribute attribute) => true;

    protected override void Check(SharpnessAttribute attribute, Bound<TransformationAttribute> declared, Findings findings)
    {
        if (attribute.Factor == 1) findings.Add(Catalogue.FactorOfOne, declared.SiteOf(nameof(attribute.Factor)), declared.Name);
    }

    protected override Value Lower(SharpnessAttribute attribute, Value image, ViewContext view)
    {
        Value happens = view.Events("Sharpness", attribute.Probability, "Which images are blurred or sharpened");
        return view.Transform("ImageSharpness.Adjust", "sharpened", [image, happens], Scalar.Literal(attribute.Factor));
    }
}
