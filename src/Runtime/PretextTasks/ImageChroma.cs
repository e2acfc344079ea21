using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Brightness and colour of images apart: Y = 0.299·R + 0.587·G + 0.114·B and the differences (B − Y)/1.772 and (R −
/// Y)/1.402, which lie in [−0.5, 0.5] where red, green and blue lie in [0, 1] (ITU-R BT.601).
/// </summary>
public static class ImageChroma
{
    private const double Red = 0.299, Green = 0.587, Blue = 0.114;

    /// <summary>Images without their colours.</summary>
    /// <param name="images">[N, 3, H, W], red, green and blue in [0, 1].</param>
    /// <returns>Y, [N, 1, H, W]; the caller frees it.</returns>
    public static Tensor Gray(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return Brightness(images).MoveToOuterDisposeScope();
    }

    /// <summary>Which of the cells of a square of colours each region of an image has.</summary>
    /// <param name="images">[N, 3, H, W], red, green and blue in [0, 1].</param>
    /// <param name="bins">Parts of each axis.</param>
    /// <param name="rows">h: regions from top to bottom, a divisor of H.</param>
    /// <param name="columns">w: regions from left to right, a divisor of W.</param>
    /// <returns>bins·(part of the red difference) + part of the blue one, of each region's mean, [N·h·w] int64; the caller
    /// frees it.</returns>
    public static Tensor Bins(Tensor images, long bins, long rows, long columns)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        long count = images.size(0), high = images.size(2) / rows, wide = images.size(3) / columns;
        var means = images.reshape(count, 3, rows, high, columns, wide).mean([3, 5]);   // [N, 3, h, w]
        var gray = Brightness(means);
        var blue = Part(means.narrow(1, 2, 1), 2 * (1 - Blue));
        var red = Part(means.narrow(1, 0, 1), 2 * (1 - Red));
        return Aten.add(Aten.mul(red, bins), blue).flatten().MoveToOuterDisposeScope();

        Tensor Part(Tensor channel, double range)
        {
            var share = Aten.add(Aten.div(channel.sub(gray), range), 0.5);   // [0, 1]
            return Aten.clamp_(Aten.mul(share, (double)bins).floor().to_type(ScalarType.Int64), 0, bins - 1);
        }
    }

    private static Tensor Brightness(Tensor images) => Aten.add(
        Aten.add(Aten.mul(images.narrow(1, 0, 1), Red), images.narrow(1, 1, 1), Green), images.narrow(1, 2, 1), Blue);
}
