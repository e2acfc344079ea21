using Dsl.Generator.Binding;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Augmentations;

internal sealed class RandomShift : Motion<RandomShiftAttribute>
{
    public override bool Interpolates => false;

    protected override void CheckImages(
        RandomShiftAttribute attribute, Bound<TransformationAttribute> declared, ImageCheck images) =>
        images.Distance(declared, nameof(attribute.Pixels), attribute.Pixels);

    protected override Value Lower(RandomShiftAttribute attribute, Value image, ViewContext view) =>
        view.Transform("ImageShift.Apply", "shifted", [image, Offsets(attribute.Pixels, view)], Spelling.Join(attribute.Pixels));

    protected override Value Map(RandomShiftAttribute attribute, ViewContext view) =>
        view.Map("Shift", "shift", Offsets(attribute.Pixels, view), Spelling.Join(attribute.Pixels), ViewContext.ElementType);

    /// <summary>Where images padded by some pixels are cut.</summary>
    internal static Value Offsets(int pixels, ViewContext view, string what = "Shift") =>
        view.Integers(what, 2, 2 * pixels + 1, $"First row and column of each image in the image padded by {pixels}");
}

internal sealed class RandomCrop : Motion<RandomCropAttribute>
{
    public override bool Interpolates => false;

    protected override void CheckImages(RandomCropAttribute attribute, Bound<TransformationAttribute> declared, ImageCheck images)
    {
        images.Size(declared, attribute.Height, attribute.Width);
        images.Distance(declared, nameof(attribute.Padding), attribute.Padding);
    }

    // A cut of the input's own size is a shift by at most the padding.
    protected override Value Lower(RandomCropAttribute attribute, Value image, ViewContext view) =>
        view.Transform("ImageShift.Apply", "cropped", [image, RandomShift.Offsets(attribute.Padding, view, "Crop")],
            Spelling.Join(attribute.Padding));

    protected override Value Map(RandomCropAttribute attribute, ViewContext view) => view.Map(
        "Shift", "crop", RandomShift.Offsets(attribute.Padding, view, "Crop"), Spelling.Join(attribute.Padding),
        ViewContext.ElementType);
}
