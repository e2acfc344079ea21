using Dsl.Generator.Binding;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Augmentations;

internal sealed class AutoContrast : Transformation<AutoContrastAttribute>
{
    protected override bool NeedsUnitRange(AutoContrastAttribute attribute) => true;

    protected override Value Lower(AutoContrastAttribute attribute, Value image, ViewContext view)
    {
        Value happens = view.Events("AutoContrast", attribute.Probability, "Which images are stretched to 0, ..., 1");
        return view.Transform("ImageTone.AutoContrast", "stretched", [image, happens]);
    }
}

internal sealed class Equalize : Transformation<EqualizeAttribute>
{
    protected override bool NeedsUnitRange(EqualizeAttribute attribute) => true;

    protected override void CheckImages(
        EqualizeAttribute attribute, Bound<TransformationAttribute> declared, ImageCheck images) =>
        images.EnoughPixels(declared);

    protected override Value Lower(EqualizeAttribute attribute, Value image, ViewContext view)
    {
        Value happens = view.Events("Equalize", attribute.Probability, "Which images are equalized");
        return view.Transform("ImageTone.Equalize", "equalized", [image, happens]);
    }
}

internal sealed class Posterize : Transformation<PosterizeAttribute>
{
    protected override bool NeedsUnitRange(PosterizeAttribute attribute) => true;

    protected override Value Lower(PosterizeAttribute attribute, Value image, ViewContext view)
    {
        Value happens = view.Events("Posterize", attribute.Probability, "Which images are posterized");
        return view.Transform("ImageTone.Posterize", "posterized", [image, happens], Spelling.Join(attribute.Bits));
    }
}

internal sealed class Solarize : Transformation<SolarizeAttribute>
{
    protected override bool NeedsUnitRange(SolarizeAttribute attribute) => true;

    protected override Value Lower(SolarizeAttribute attribute, Value image, ViewContext view)
    {
        Value happens = view.Events("Solarize", attribute.Probability, "Which images are solarized");
        return view.Transform("ImageTone.Solarize", "solarized", [image, happens], Scalar.Literal(attribute.Threshold));
    }
}
