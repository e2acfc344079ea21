using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Features of boxes, each cut into a grid of cells of the same number: the mean of some points of each cell, read between the
/// pixels of a map by bilinear interpolation (RoI align; He et al. 2017, arXiv 1703.06870, section 3). A point's pixel centres
/// lie at halves, as in <c>torchvision.ops.roi_align(aligned=True)</c>.
/// </summary>
public static class RoiAlign
{
    /// <summary>The features of boxes.</summary>
    /// <param name="features">[N, C, H, W].</param>
    /// <param name="boxes">[N, R, 4] in units of the image; no gradient goes into them. Of a box without a size all points
    /// are one.</param>
    /// <param name="size">Cells of a side, at least 1.</param>
    /// <param name="points">Points of a side of a cell, at least 1.</param>
    /// <returns>[N·R, C, size, size], the boxes of an image one behind the other; the caller frees it.</returns>
    public static Tensor Of(Tensor features, Tensor boxes, int size = 7, int points = 2)
    {
        Require(features, boxes, size, points);
        using var scope = NewDisposeScope();
        Tensor columns = Weights(boxes, 0, features.size(3), size, points);
        Tensor rows = Weights(boxes, 1, features.size(2), size, points);
        var (n, channels, height, width, regions) =
            (features.size(0), features.size(1), features.size(2), features.size(3), boxes.size(1));

        // Points stand in a grid, so that a cell's mean is one over its rows of one over its columns: two products.
        Tensor across = Aten.bmm(features.reshape(n, channels * height, width),
            columns.to_type(features.dtype).view(n, regions * size, width).transpose(1, 2));
        Tensor byRegion = across.view(n, channels, height, regions, size).permute(0, 3, 2, 1, 4)
            .reshape(n * regions, height, channels * size);
        Tensor cells = Aten.bmm(rows.to_type(features.dtype).view(n * regions, size, height), byRegion);
        return cells.view(n * regions, size, channels, size).permute(0, 2, 1, 3).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of the features.</summary>
    /// <param name="gradient">[N·R, C, size, size], that of the result.</param>
    /// <param name="features">[N, C, H, W]; its shape alone is read.</param>
    /// <param name="boxes">[N, R, 4].</param>
    /// <param name="size">Cells of a side.</param>
    /// <param name="points">Points of a side of a cell.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Gradient(Tensor gradient, Tensor features, Tensor boxes, int size = 7, int points = 2)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        Require(features, boxes, size, points);
        using var scope = NewDisposeScope();
        Tensor columns = Weights(boxes, 0, features.size(3), size, points);
        Tensor rows = Weights(boxes, 1, features.size(2), size, points);
        var (n, channels, height, width, regions) =
            (features.size(0), features.size(1), features.size(2), features.size(3), boxes.size(1));
        Tensor cells = gradient.permute(0, 2, 1, 3).reshape(n * regions, size, channels * size);
        Tensor byRegion = Aten.bmm(rows.to_type(gradient.dtype).view(n * regions, size, height).transpose(1, 2), cells);
        Tensor across = byRegion.view(n, regions, height, channels, size).permute(0, 3, 2, 1, 4)
            .reshape(n, channels * height, regions * size);
        return Aten.bmm(across, columns.to_type(gradient.dtype).view(n, regions * size, width))
            .view(n, channels, height, width).MoveToOuterDisposeScope();
    }

    // What each pixel of a row or column counts in each cell, [N, R, size, pixels]: of the points, evenly spread between two
    // edges, each reads the pixels on both sides by its distance from them, and one beyond the map by more than a pixel none.
    private static Tensor Weights(Tensor boxes, int axis, long pixels, int size, int points)
    {
        using var noGrad = no_grad();
        Tensor first = boxes.detach().narrow(-1, axis, 1), last = boxes.detach().narrow(-1, axis + 2, 1);
        Tensor share = Aten.div(Aten.add(Aten.arange(size * points, first.dtype, first.device), 0.5), size * points);
        Tensor place = Aten.sub(Aten.mul(Aten.add(first, (last - first) * share), (double)pixels), 0.5);
        Tensor inside = Aten.ge(place, -1.0).logical_and(Aten.le(place, (double)pixels)).to_type(first.dtype);
        Tensor distance = Aten.clamp(place, 0, pixels - 1).unsqueeze(-1) - Aten.arange(pixels, first.dtype, first.device);
        Tensor weights = Aten.clamp_min(Aten.sub(1L, distance.abs()), 0.0) * inside.unsqueeze(-1);
        return weights.view(boxes.size(0), boxes.size(1), size, points, pixels).mean([3]);
    }

    private static void Require(Tensor features, Tensor boxes, int size, int points)
    {
        ArgumentNullException.ThrowIfNull(features);
        Boxes.Require(boxes, nameof(boxes));
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        if (features.dim() == 4 && boxes.dim() == 3 && features.size(0) == boxes.size(0)) return;
        throw new ArgumentException(
            $"Features are [N, C, H, W] and boxes [N, R, 4] of the same images, but these are "
            + $"[{string.Join(", ", features.shape)}] and [{string.Join(", ", boxes.shape)}].");
    }
}
