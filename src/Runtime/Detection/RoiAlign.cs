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
        var (places, weights) = Reads(features.shape, boxes, size, points);
        long channels = features.size(1), cells = boxes.size(0) * boxes.size(1) * size * size;
        Tensor rows = features.permute(0, 2, 3, 1).reshape(-1, channels);
        Tensor read = rows.index_select(0, places).view(cells, points * points * 4, channels);
        Tensor means = (read * weights.to_type(features.dtype).view(cells, points * points * 4, 1)).sum(1);
        return means.view(boxes.size(0) * boxes.size(1), size, size, channels).permute(0, 3, 1, 2).contiguous()
            .MoveToOuterDisposeScope();
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
        var (places, weights) = Reads(features.shape, boxes, size, points);
        long channels = features.size(1), cells = boxes.size(0) * boxes.size(1) * size * size;
        Tensor means = gradient.permute(0, 2, 3, 1).reshape(cells, 1, channels);
        Tensor parts = (means * weights.to_type(gradient.dtype).view(cells, points * points * 4, 1)).reshape(-1, channels);
        Tensor rows = zeros([features.size(0) * features.size(2) * features.size(3), channels], gradient.dtype, gradient.device);
        return Aten.index_add(rows, 0, places, parts).view(features.size(0), features.size(2), features.size(3), channels)
            .permute(0, 3, 1, 2).contiguous().MoveToOuterDisposeScope();
    }

    // The pixels that each cell reads, [cells·points²·4], and what each counts; pixels in the order of rows [N·H·W].
    private static (Tensor Places, Tensor Weights) Reads(long[] shape, Tensor boxes, int size, int points)
    {
        using var noGrad = no_grad();
        Tensor box = boxes.detach();
        var (height, width) = (shape[2], shape[3]);
        var (left, right, leftWeight, rightWeight) = Along(box.select(-1, 0), box.select(-1, 2), width, size * points);
        var (top, bottom, topWeight, bottomWeight) = Along(box.select(-1, 1), box.select(-1, 3), height, size * points);
        Tensor image = Aten.mul(Aten.arange(shape[0], device: boxes.device), height * width).view(-1, 1, 1, 1);
        Tensor[] places = [Place(top, left), Place(top, right), Place(bottom, left), Place(bottom, right)];
        Tensor[] weights =
        [
            Weight(topWeight, leftWeight), Weight(topWeight, rightWeight),
            Weight(bottomWeight, leftWeight), Weight(bottomWeight, rightWeight),
        ];
        return (ByCell(places), Aten.div(ByCell(weights), points * points));

        Tensor Place(Tensor row, Tensor column) =>
            Aten.add(Aten.add(Aten.mul(row, width).unsqueeze(-1), column.unsqueeze(-2)), image);

        static Tensor Weight(Tensor row, Tensor column) => row.unsqueeze(-1) * column.unsqueeze(-2);

        // [N, R, size·points, size·points] of each of four corners to cells, and in each its points.
        Tensor ByCell(Tensor[] corners) => stack(corners, -1)
            .view(shape[0], boxes.size(1), size, points, size, points, 4).permute(0, 1, 2, 4, 3, 5, 6).reshape(-1);
    }

    // Of evenly spread points between two edges: the pixels on both sides of each, [N, R, count], and what they count.
    private static (Tensor Before, Tensor Behind, Tensor BeforeWeight, Tensor BehindWeight) Along(
        Tensor first, Tensor last, long pixels, int count)
    {
        Tensor share = Aten.div(Aten.add(Aten.arange(count, first.dtype, first.device), 0.5), count);
        Tensor place = Aten.add(first.unsqueeze(-1), (last - first).unsqueeze(-1) * share);
        place = Aten.sub(Aten.mul(place, (double)pixels), 0.5);
        Tensor inside = Aten.ge(place, -1.0).logical_and(Aten.le(place, (double)pixels)).to_type(first.dtype);
        Tensor held = Aten.clamp(place, 0, pixels - 1);
        Tensor before = held.floor(), part = held - before, index = before.to_type(ScalarType.Int64);
        Tensor behind = Aten.clamp_(Aten.add(index, 1L), 0L, pixels - 1);
        return (index, behind, inside - (part * inside), part * inside);
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
