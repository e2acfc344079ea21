using Dsl.Generator.Graph;
using Dsl.Generator.Layers;

namespace Dsl.Generator.Augmentations;

internal sealed class HorizontalFlip : Motion<HorizontalFlipAttribute>
{
    public override bool Interpolates => false;

    protected override Value Lower(HorizontalFlipAttribute attribute, Value image, ViewContext view) =>
        view.Transform("ImageFlip.Horizontal", "mirrored", [image, Events(attribute, view)]);

    protected override Value Map(HorizontalFlipAttribute attribute, ViewContext view) =>
        view.Map("HorizontalFlip", "mirror", Events(attribute, view), ViewContext.ElementType);

    private static Value Events(HorizontalFlipAttribute attribute, ViewContext view) =>
        view.Events("HorizontalFlip", attribute.Probability, "Which images are mirrored left and right");
}

internal sealed class VerticalFlip : Motion<VerticalFlipAttribute>
{
    public override bool Interpolates => false;

    protected override Value Lower(VerticalFlipAttribute attribute, Value image, ViewContext view) =>
        view.Transform("ImageFlip.Vertical", "mirrored", [image, Events(attribute, view)]);

    protected override Value Map(VerticalFlipAttribute attribute, ViewContext view) =>
        view.Map("VerticalFlip", "mirror", Events(attribute, view), ViewContext.ElementType);

    private static Value Events(VerticalFlipAttribute attribute, ViewContext view) =>
        view.Events("VerticalFlip", attribute.Probability, "Which images are mirrored top and bottom");
}
