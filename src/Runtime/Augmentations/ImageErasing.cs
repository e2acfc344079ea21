using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Overwrites a rectangle of each image of a batch.</summary>
public static class ImageErasing
{
    /// <summary>Overwrites a square by zeros, all of whose pixels but those outside of the image (DeVries and Taylor
    /// 2017).</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="rows">Row of each square's centre, [N, 1], int64.</param>
    /// <param name="columns">Column of each square's centre, [N, 1], int64.</param>
    /// <param name="length">Side of the square in pixels; of an even one, the centre is the pixel after the middle.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Cutout(Tensor images, Tensor rows, Tensor columns, int length)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        if (AugmentationLoop.TryCutout(images, rows, columns, length) is { } cut) return cut;
        using var scope = NewDisposeScope();
        var within = Within(images.size(2), Aten.sub(rows, length / 2), length, images.device).unsqueeze(2)
            .logical_and(Within(images.size(3), Aten.sub(columns, length / 2), length, images.device).unsqueeze(1));
        return Aten.masked_fill(images, within.unsqueeze(1), 0).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Overwrites rectangles of random area and shape (Zhong et al. 2017). Of several proposals, the first that is smaller than
    /// the image in both directions counts; an image without one stays.
    /// </summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="erased">Which images, [N], bool.</param>
    /// <param name="areas">Areas of the proposals as shares of the image, [N, P].</param>
    /// <param name="ratios">Logarithms of their ratios of height to width, [N, P].</param>
    /// <param name="corners">Where, of all places at which it fits, the rectangle's upper left corner is, [N, 2] in [0, 1):
    /// row, column.</param>
    /// <param name="value">What is written.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Rectangle(Tensor images, Tensor erased, Tensor areas, Tensor ratios, Tensor corners, double value)
    {
        using var scope = NewDisposeScope();
        long height = images.size(2), width = images.size(3), proposals = areas.size(1);
        var pixels = Aten.mul(areas, height * width);
        var ratio = ratios.exp();
        var heights = (pixels * ratio).sqrt_().round_();
        var widths = (pixels / ratio).sqrt_().round_();

        // The earlier a proposal that fits, the larger its number; 0 says that none does.
        var order = Aten.lt(heights, height).logical_and(Aten.lt(widths, width)).to(ScalarType.Int64)
            * Aten.arange(1, proposals + 1, images.device).flip(0);
        var first = order.argmax(1, true);
        var chosen = erased.unsqueeze(1).logical_and(Aten.gt(order.gather(1, first), 0));
        var (rows, columns) = (heights.gather(1, first), widths.gather(1, first));
        var within = Within(height, Corner(corners, 0, height, rows), rows, images.device).unsqueeze(2)
            .logical_and(Within(width, Corner(corners, 1, width, columns), columns, images.device).unsqueeze(1))
            .logical_and(chosen.unsqueeze(2));
        return Aten.masked_fill(images, within.unsqueeze(1), value).MoveToOuterDisposeScope();
    }

    /// <summary>One of the places from 0 to size − length, [N, 1].</summary>
    private static Tensor Corner(Tensor corners, long dimension, long size, Tensor lengths)
    {
        var last = Aten.sub(size, lengths);
        return minimum((corners.narrow(1, dimension, 1) * Aten.add(last, 1)).floor_(), last);
    }

    /// <summary>Which of the places along a dimension lie in [first, first + length), [N, size].</summary>
    private static Tensor Within(long size, Tensor first, long length, Device device)
    {
        var from = Aten.arange(size, first.dtype, device) - first;
        return Aten.ge(from, 0).logical_and(Aten.lt(from, length));
    }

    private static Tensor Within(long size, Tensor first, Tensor lengths, Device device)
    {
        var from = Aten.arange(size, first.dtype, device) - first;
        return Aten.ge(from, 0).logical_and(from.lt(lengths));
    }
}
