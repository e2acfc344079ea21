using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Blurs or sharpens some images of a batch.</summary>
public static class ImageSharpness
{
    /// <summary>Distance from the blurred image times a factor, cut to [0, 1].</summary>
    /// <param name="images">[N, C, H, W] in [0, 1].</param>
    /// <param name="happens">Which images, [N], bool.</param>
    /// <param name="factor">At least 0: 0 for the blurred image, 1 for the image itself, more to sharpen it.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Adjust(Tensor images, Tensor happens, double factor)
    {
        using var scope = NewDisposeScope();
        var blurred = Blurred(images);
        var adjusted = Aten.clamp_(Aten.add(blurred, Aten.mul(images - blurred, factor)), 0, 1);
        return where(ImageColor.PerImage(happens), adjusted, images).MoveToOuterDisposeScope();
    }

    /// <summary>The mean over 3 × 3 pixels, in which the middle one counts five times; the border stays.</summary>
    internal static Tensor Blurred(Tensor images)
    {
        long height = images.size(2), width = images.size(3);
        if (height <= 2 || width <= 2) return images;
        var blurred = images.clone();
        var inner = blurred.narrow(2, 1, height - 2).narrow(3, 1, width - 2);
        Aten.div_(Aten.add_(Aten.mul_(inner, 4), nn.functional.avg_pool2d(images, 3, 1), 9), 13);
        return blurred;
    }
}
