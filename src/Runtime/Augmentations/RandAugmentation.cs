using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// RandAugment (Cubuk et al. 2020, arXiv 1909.13719): operations chosen at random for each image, all of one magnitude. Every
/// operation is computed for the whole batch, and each image takes the one that it drew.
/// </summary>
public static class RandAugmentation
{
    /// <summary>The largest magnitude, at which the operations reach their ends.</summary>
    public const double LargestMagnitude = 30;

    // The numbers that are drawn. The colour operation is last: an image of one channel has no such operation.
    private const int AutoContrast = 1, Equalize = 2, Posterize = 3, Solarize = 4, Rotate = 5, ShearX = 6, ShearY = 7,
    TranslateX = 8, TranslateY = 9,
        Brightness = 10, Contrast = 11, Sharpness = 12, Color = 13;

    /// <summary>How many operations there are for images of a number of channels.</summary>
    /// <param name="channels">1 or 3.</param>
    public static int Operations(long channels) => channels == 1 ? Color : Color + 1;

    /// <summary>Applies the operations one after another.</summary>
    /// <param name="images">[N, C, H, W] in [0, 1], of 1 or 3 channels.</param>
    /// <param name="operations">[N, n], int64, in 0, ..., <see cref="Operations"/> − 1.</param>
    /// <param name="reversed">Whether each operation that has a direction goes the other way, [N, n], bool.</param>
    /// <param name="magnitude">In [0, 30].</param>
    /// <returns>[N, C, H, W], cut to [0, 1]; the caller frees it.</returns>
    public static Tensor Apply(Tensor images, Tensor operations, Tensor reversed, double magnitude)
    {
        using var scope = NewDisposeScope();
        var level = magnitude / LargestMagnitude;
        var signs = AffineMap.Sign(reversed, images.dtype);
        var result = images;
        for (long i = 0; i < operations.size(1); i++) result = Once(result, operations.select(1, i), signs.select(1, i), level);
        return result.alias().MoveToOuterDisposeScope();
    }

    private static Tensor Once(Tensor images, Tensor operations, Tensor signs, double level)
    {
        var operation = ImageColor.PerImage(operations);
        var result = Blended(images, operation, ImageColor.PerImage(signs), level);
        result = where(Aten.eq(operation, Equalize), ImageTone.Equalized(images), result);
        double dropped = DroppedBits(level);
        if (dropped > 0)
            result = where(Aten.eq(operation, Posterize), ImageTone.Posterized(images, Math.Pow(2, dropped)), result);
        result = where(Aten.eq(operation, Solarize).logical_and(Aten.gt(images, 1 - level)), Aten.sub(1, images), result);
        var moves = Aten.ge(operation, Rotate).logical_and(Aten.le(operation, TranslateY));
        return where(moves, Moved(images, operations, signs, level), result);
    }

    /// <summary>Bits that posterizing takes from each byte: up to four, torchvision's rounding.</summary>
    private static double DroppedBits(double level) => Math.Round(4 * level, MidpointRounding.ToEven);

    /// <summary>
    /// Factor 1 ± 0.9·level from what each operation degenerates to: black, mean grey, blurred, grey; and auto-contrast, each
    /// channel's darkest pixel at 0 and its brightest at 1. All of them are sums with factors of their own for each image.
    /// </summary>
    private static Tensor Blended(Tensor images, Tensor operation, Tensor signs, double level)
    {
        var change = Aten.mul(signs * Aten.ge(operation, Brightness), 0.9 * level);
        var (low, high) = (images.amin([2, 3], true), images.amax([2, 3], true));

        // A channel of one value stays as it is.
        var stretched = Aten.eq(operation, AutoContrast).logical_and(high.gt(low));
        var factor = Aten.add(change, 1) / where(stretched, high - low, low.ones_like());
        var contrast = Aten.eq(operation, Contrast) * change * ImageColor.MeanGrey(images);
        var result = Aten.addcmul(contrast.neg(), images - (low * stretched), factor, 1);
        Aten.addcmul_(result, ImageSharpness.Blurred(images), Aten.eq(operation, Sharpness) * change, -1);
        if (images.size(1) == 3) Aten.addcmul_(result, ImageColor.Grey(images), Aten.eq(operation, Color) * change, -1);
        return Aten.clamp_(result, 0, 1);
    }

    /// <summary>Up to 30 degrees, a slope of 0.3, or 150/331 of the image.</summary>
    private static Tensor Moved(Tensor images, Tensor operations, Tensor signs, double level)
    {
        var angle = Of(Rotate, Math.PI / 6);
        var (cos, sin) = (angle.cos(), angle.sin());
        var map = AffineMap.Matrix(
            cos, Of(ShearX, 0.3) - sin, Of(TranslateX, -150.0 / 331 * images.size(3)),
            Aten.add(sin, Of(ShearY, 0.3)), cos, Of(TranslateY, -150.0 / 331 * images.size(2)));
        return AffineMap.Apply(images, map);

        Tensor Of(int operation, double largest) => Aten.mul(Aten.eq(operations, operation) * signs, largest * level);
    }
}
