using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What YOLO's loss compares its grid with, and how much each number counts (Redmon et al. 2016, arXiv 1506.02640,
/// equation 3).</summary>
/// <remarks>A cell predicts B boxes, five numbers each: x and y of the centre in units of the cell, the square roots of width and
/// height in units of the image, and a confidence; then a score for each class. The object whose centre lies in a cell is the
/// cell's, of several the first; the box of the cell that overlaps it most is responsible for it.</remarks>
public static class YoloTargets
{
    /// <summary>The targets and weights of all numbers.</summary>
    /// <param name="labels">[N, M, 5].</param>
    /// <param name="output">[N, S, S, 5·B + K], rows of cells; no gradient goes through what is made of it: which box is
    /// responsible, and its overlap, which is its confidence's target.</param>
    /// <param name="boxes">B, boxes of a cell.</param>
    /// <param name="coordinates">λ_coord, what squared errors of places and sizes count.</param>
    /// <param name="empty">λ_noobj, what those of confidences count where no object is.</param>
    /// <returns>Both in the shape of the output; the caller frees them.</returns>
    public static (Tensor Targets, Tensor Weights) Of(
        Tensor labels, Tensor output, int boxes, double coordinates, double empty)
    {
        ArgumentNullException.ThrowIfNull(output);
        BoxLabels.RequireRows(labels, nameof(labels));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        long samples = output.size(0), side = output.size(1), classes = output.size(3) - (5 * boxes), cells = side * side;
        var (type, device) = (output.dtype, output.device);
        Tensor of = Own(labels, side), exists = Aten.ge(of, 0).to_type(type);

        // The object of each cell, [N, S·S, 5]; what stands there without one counts nothing.
        Tensor rows = labels.size(1) == 0 ? zeros([samples, cells, 5], type, device)
            : labels.to_type(type).gather(1, Aten.clamp_min(of, 0L).unsqueeze(-1).expand(-1, -1, 5));
        Tensor edges = rows.narrow(-1, 1, 4), centered = Boxes.ToCenters(edges);
        Tensor place = Aten.mul(centered.narrow(-1, 0, 2), (double)side);
        place = place - place.floor();
        Tensor roots = Aten.clamp_min(centered.narrow(-1, 2, 2), 0.0).sqrt();

        Tensor predicted = Decode(output.detach(), boxes).view(samples, cells, boxes, 4);
        Tensor overlaps = Boxes.Overlaps(predicted, edges.unsqueeze(2)).squeeze(-1);
        Tensor responsible = Aten.arange(boxes, device: device).eq(overlaps.argmax(-1, keepdim: true)).to_type(type)
            * exists.unsqueeze(-1);

        Tensor one = ones_like(overlaps);
        Tensor boxTargets = cat(
            [
                cat([place, roots], -1).unsqueeze(2).expand(-1, -1, boxes, -1), (overlaps * responsible).unsqueeze(-1),
            ], -1);
        Tensor boxWeights = cat(
            [
                Aten.mul(responsible, coordinates).unsqueeze(-1).expand(-1, -1, -1, 4),
                Aten.add(responsible, Aten.mul(one - responsible, empty)).unsqueeze(-1),
            ], -1);
        Tensor classTargets = Aten.arange(classes, device: device).eq(rows.select(-1, 0).to_type(ScalarType.Int64).unsqueeze(-1))
            .to_type(type);
        Tensor targets = cat([boxTargets.reshape(samples, cells, -1), classTargets], -1);
        Tensor weights = cat(
            [boxWeights.reshape(samples, cells, -1), exists.unsqueeze(-1).expand(-1, -1, classes)], -1);
        return (targets.reshape(output.shape).MoveToOuterDisposeScope(),
            weights.reshape(output.shape).MoveToOuterDisposeScope());
    }

    /// <summary>The boxes that a grid says.</summary>
    /// <param name="output">[N, S, S, 5·B + K].</param>
    /// <param name="boxes">B.</param>
    /// <returns>[N, S·S·B, 4] in units of the image; the caller frees it.</returns>
    public static Tensor Decode(Tensor output, int boxes)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var scope = NewDisposeScope();
        long samples = output.size(0), side = output.size(1);
        Tensor said = output.narrow(-1, 0, 5 * boxes).reshape(samples, side, side, boxes, 5);
        Tensor cell = Aten.arange(side, output.dtype, output.device);
        Tensor x = Aten.div(Aten.add(said.select(-1, 0), cell.view(1, 1, -1, 1)), (double)side);
        Tensor y = Aten.div(Aten.add(said.select(-1, 1), cell.view(1, -1, 1, 1)), (double)side);
        Tensor sizes = Aten.pow(said.narrow(-1, 2, 2), 2);
        return Boxes.FromCenters(cat([stack([x, y], -1), sizes], -1)).view(samples, -1, 4).MoveToOuterDisposeScope();
    }

    // The place of the first object of each cell in its row of labels, [N, S·S]; -1 for none.
    private static Tensor Own(Tensor labels, long side)
    {
        long objects = labels.size(1);
        if (objects == 0) return Aten.full([labels.size(0), side * side], -1, ScalarType.Int64, labels.device);
        Tensor center = Aten.mul(Aten.add(labels.narrow(-1, 1, 2), labels.narrow(-1, 3, 2)), 0.5 * side).floor();
        Tensor held = Aten.clamp(center, 0, side - 1).to_type(ScalarType.Int64);
        Tensor cell = Aten.add(Aten.mul(held.select(-1, 1), side), held.select(-1, 0));
        cell = Aten.masked_fill(cell, Aten.lt(labels.select(-1, 0), 0.0), -1L);
        Tensor isIn = cell.unsqueeze(1).eq(Aten.arange(side * side, device: labels.device).view(1, -1, 1));

        // The first has the largest number that counts from the last on.
        Tensor order = Aten.sub(objects, Aten.arange(objects, device: labels.device));
        Tensor most = (isIn.to_type(ScalarType.Int64) * order).amax([2]);
        return Aten.masked_fill(Aten.sub(objects, most), Aten.eq(most, 0L), -1L);
    }
}

/// <summary>Detections of a YOLO grid: each box with its confidence times each class's score.</summary>
/// <param name="side">S, cells of a side.</param>
/// <param name="boxes">B, boxes of a cell.</param>
public sealed class YoloDetector(int side, int boxes) : IDetector
{
    /// <summary>Which of detections that overlap stay.</summary>
    public NonMaximumSuppression Suppression { get; set; } = new();

    /// <inheritdoc/>
    /// <param name="output">[N, 5·B + K, S, S], or [N, S·S·(5·B + K)].</param>
    public IReadOnlyList<Detection[]> Detect(Tensor output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        bool isFlat = output.dim() == 2 && output.size(1) % (side * side) == 0 && output.size(1) / (side * side) > 5 * boxes;
        bool isMap = output.dim() == 4 && output.size(1) > 5 * boxes && output.size(2) == side && output.size(3) == side;
        if (!isFlat && !isMap)
        {
            throw new ArgumentException(
                $"A grid of {side} x {side} cells with {boxes} boxes each is [N, {5 * boxes} + K, {side}, {side}], or flat "
                + $"with the numbers of a cell together, but this is [{string.Join(", ", output.shape)}].", nameof(output));
        }

        Tensor grid = isMap ? output.permute(0, 2, 3, 1) : output.reshape(output.size(0), side, side, -1);
        long samples = grid.size(0), cells = grid.size(1) * grid.size(2), classes = grid.size(3) - (5 * boxes);
        Tensor confidence = Aten.clamp(
            grid.narrow(-1, 0, 5 * boxes).reshape(samples, cells, boxes, 5).select(-1, 4), 0, 1);
        Tensor likely = Aten.clamp(grid.narrow(-1, 5 * boxes, classes).reshape(samples, cells, 1, classes), 0, 1);
        Tensor scores = (confidence.unsqueeze(-1) * likely).reshape(samples, -1, classes);
        return DetectionRows.Read(Boxes.Clip(YoloTargets.Decode(grid, boxes)), scores, Suppression);
    }
}
