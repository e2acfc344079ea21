using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Augmentations;

internal sealed class RandomRotation : Motion<RandomRotationAttribute>
{
    protected override Value Map(RandomRotationAttribute attribute, ViewContext view) => view.Map(
        "Rotation", "rotation",
        view.Reals("Rotation", -attribute.Degrees, attribute.Degrees, "Angle of each image in degrees, counter-clockwise"));
}

internal sealed class RandomScale : Motion<RandomScaleAttribute>
{
    protected override void Check(RandomScaleAttribute attribute, Bound<TransformationAttribute> declared, Findings findings) =>
        Intervals.Check(declared, nameof(attribute.Min), attribute.Min, nameof(attribute.Max), attribute.Max, findings);

    protected override Value Map(RandomScaleAttribute attribute, ViewContext view) => view.Map(
        "Scaling", "scaling", view.Reals("Scale", attribute.Min, attribute.Max, "Factor of the size of what each image shows"));
}

internal sealed class RandomShear : Motion<RandomShearAttribute>
{
    protected override Value Map(RandomShearAttribute attribute, ViewContext view) => view.Map(
        "Shear", "shear", view.Reals(
            "Shear", -attribute.Degrees, attribute.Degrees, "Angles of vertical and horizontal lines in degrees", 2));
}

internal sealed class RandomTranslation : Motion<RandomTranslationAttribute>
{
    protected override Value Map(RandomTranslationAttribute attribute, ViewContext view) => view.Map(
        "Translation", "translation",
        view.Reals(
            "Translation", -attribute.Share, attribute.Share, "Distances to the right and downwards as shares of the image", 2),
        view.Image[2].ToString(), view.Image[3].ToString());
}

/// <summary>Bounds that are two arguments.</summary>
internal static class Intervals
{
    public static void Check(
        Bound<TransformationAttribute> declared, string lowName, double low, string highName, double high, Findings findings)
    {
        if (low <= high) return;
        string wrong = declared.Has(lowName) ? lowName : highName;
        findings.Add(Catalogue.EmptyInterval, declared.SiteOf(wrong), declared.Name, lowName, Scalar.Literal(low), highName,
            Scalar.Literal(high))
            .Offer(declared.Exchange(lowName, low, highName, high));
    }
}
