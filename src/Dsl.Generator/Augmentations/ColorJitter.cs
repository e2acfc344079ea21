using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Augmentations;

internal sealed class ColorJitter : Transformation<ColorJitterAttribute>
{
    protected override bool NeedsUnitRange(ColorJitterAttribute attribute) => true;

    protected override void Check(ColorJitterAttribute attribute, Bound<TransformationAttribute> declared, Findings findings)
    {
        if (attribute is { Brightness: 0, Contrast: 0, Saturation: 0, Hue: 0 })
            findings.Add(Catalogue.ChangesNothing, declared.Site, declared.Name);
    }

    protected override void CheckImages(
        ColorJitterAttribute attribute, Bound<TransformationAttribute> declared, ImageCheck images)
    {
        if (attribute.Saturation > 0) images.Colors(declared, nameof(attribute.Saturation));
        if (attribute.Hue > 0) images.Colors(declared, nameof(attribute.Hue));
        if (attribute is { Contrast: > 0, Saturation: 0, Hue: 0 }) images.GreyOrColors(declared, nameof(attribute.Contrast));
    }

    protected override Value Lower(ColorJitterAttribute attribute, Value image, ViewContext view)
    {
        image = Factor(attribute.Brightness, "Brightness", "brightened", "Factor of the brightness of each image");
        image = Factor(attribute.Contrast, "Contrast", "contrasted", "Factor of the contrast of each image");
        image = Factor(attribute.Saturation, "Saturation", "saturated", "Factor of the saturation of each image");
        if (attribute.Hue == 0) return image;
        Value turns = view.Reals("Hue", -attribute.Hue, attribute.Hue, "Turn of the hue of each image as a share of the circle");
        return view.Transform("ImageColor.Hue", "tinted", [image, turns]);

        Value Factor(double range, string what, string result, string summary) => range == 0 ? image
            : view.Transform($"ImageColor.{what}", result, [image, view.Reals(what, Math.Max(0, 1 - range), 1 + range, summary)]);
    }
}
