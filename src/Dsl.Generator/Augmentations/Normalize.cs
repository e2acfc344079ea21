using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Augmentations;

internal sealed class Normalize : Transformation<NormalizeAttribute>
{
    public override bool IsFixed => true;

    public override bool LeavesUnitRange => true;

    public override (IReadOnlyList<double> Means, IReadOnlyList<double> Deviations)? Normalization(
        TransformationAttribute attribute) =>
        attribute is NormalizeAttribute { Mean: var means, Std: var deviations } ? (means, deviations) : null;

    protected override void Check(NormalizeAttribute attribute, Bound<TransformationAttribute> declared, Findings findings)
    {
        if (attribute.Mean.Length == attribute.Std.Length && attribute.Mean.Length > 0) return;
        findings.Add(Catalogue.ChannelCount, declared.SiteOf(nameof(attribute.Std)), declared.Name,
            $"has {attribute.Mean.Length} means and {attribute.Std.Length} standard deviations: give as many of both");
    }

    protected override void CheckImages(NormalizeAttribute attribute, Bound<TransformationAttribute> declared, ImageCheck images)
    {
        if (attribute.Mean.Length > 1) images.Channels(declared, nameof(attribute.Mean), attribute.Mean.Length);
    }

    protected override Value Lower(NormalizeAttribute attribute, Value image, ViewContext view) =>
        view.Transform("ChannelNormalization.Apply", "normalized", [image], Literals(attribute.Mean), Literals(attribute.Std));

    private static string Literals(double[] values) => $"[{string.Join(", ", values.Select(Scalar.Literal))}]";
}
