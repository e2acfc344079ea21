using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Which object of an image each of many boxes stands for. Nothing waits for the device.</summary>
public static class BoxMatching
{
    /// <summary>No object: the box shows background.</summary>
    public const long Background = -1;

    /// <summary>Neither an object nor background: the box overlaps too much for the one and too little for the other.</summary>
    public const long Between = -2;

    /// <summary>
    /// A box stands for the object that it overlaps most, from a threshold on; and each object is stood for by the box that
    /// overlaps it most, whatever the overlap (1512.02325, section 2.2). Where two objects have one best box, the later one has
    /// it, and the earlier only what is above the threshold; of equal overlaps the first box or object counts.
    /// </summary>
    /// <param name="boxes">P boxes in edges, [P, 4] of every image or [N, P, 4] of each.</param>
    /// <param name="labels">[N, M, 5]: what <see cref="BoxLabels"/> says. Rows without a class of 0 or more are no
    /// objects.</param>
    /// <param name="positive">The overlap from which on a box stands for an object, in (0, 1].</param>
    /// <param name="negative">The overlap below which it is background, at most as large; the same where it is left
    /// out.</param>
    /// <param name="forced">Whether each object has its best box. A best box without any overlap stands for nothing.</param>
    /// <returns>[N, P] int64: the object's place in its row of labels, -1 for background, -2 for what lies between; the caller
    /// frees it.</returns>
    public static Tensor Match(Tensor boxes, Tensor labels, double positive, double? negative = null, bool forced = true)
    {
        Boxes.Require(boxes, nameof(boxes));
        BoxLabels.RequireRows(labels, nameof(labels));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(positive);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(positive, 1);
        double background = negative ?? positive;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(background, positive, nameof(negative));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        long samples = labels.size(0), objects = labels.size(1), count = boxes.size(-2);
        if (objects == 0 || count == 0)
            return Aten.full([samples, count], Background, ScalarType.Int64, boxes.device).MoveToOuterDisposeScope();
        Tensor exists = Aten.ge(labels.select(-1, 0), 0.0).unsqueeze(1);
        Tensor overlaps = Boxes.Overlaps(
            boxes.dim() == 3 ? boxes : boxes.unsqueeze(0), labels.narrow(-1, 1, 4).to_type(boxes.dtype));
        overlaps = Aten.masked_fill(overlaps, exists.logical_not(), -1.0);
        var (best, place) = overlaps.max(2);
        Tensor match = Aten.masked_fill(place, Aten.lt(best, positive), Between);
        match = Aten.masked_fill(match, Aten.lt(best, background), Background);
        if (!forced) return match.MoveToOuterDisposeScope();

        // [N, P, M]: whether the box is the object's best one.
        var (most, first) = overlaps.max(1);
        Tensor isBest = first.unsqueeze(1).eq(Aten.arange(count, device: boxes.device).view(1, count, 1))
            .logical_and(Aten.gt(most, 0.0).unsqueeze(1));
        Tensor later = (isBest.to_type(ScalarType.Int64) * Aten.arange(1, objects + 1, boxes.device)).amax([2]);
        return where(Aten.gt(later, 0), Aten.sub(later, 1L), match).MoveToOuterDisposeScope();
    }

    /// <summary>The class of the object that each box stands for.</summary>
    /// <param name="match">[N, P], what <see cref="Match"/> gives.</param>
    /// <param name="labels">[N, M, 5].</param>
    /// <returns>[N, P] int64; -1 and -2 where there is none. The caller frees it.</returns>
    public static Tensor Classes(Tensor match, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(match);
        BoxLabels.RequireRows(labels, nameof(labels));
        if (labels.size(1) == 0) return match.clone();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor classes = labels.select(-1, 0).to_type(ScalarType.Int64).gather(1, Aten.clamp_min(match, 0L));
        return where(Aten.ge(match, 0), classes, match).MoveToOuterDisposeScope();
    }

    /// <summary>The box of the object that each box stands for.</summary>
    /// <param name="match">[N, P], what <see cref="Match"/> gives.</param>
    /// <param name="labels">[N, M, 5].</param>
    /// <param name="otherwise">[P, 4] or [N, P, 4]: what stands where there is no object.</param>
    /// <returns>[N, P, 4]; the caller frees it.</returns>
    public static Tensor Targets(Tensor match, Tensor labels, Tensor otherwise)
    {
        ArgumentNullException.ThrowIfNull(match);
        BoxLabels.RequireRows(labels, nameof(labels));
        Boxes.Require(otherwise, nameof(otherwise));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor others = otherwise.dim() == 3 ? otherwise : otherwise.unsqueeze(0).expand(match.size(0), -1, -1);
        if (labels.size(1) == 0) return others.clone().MoveToOuterDisposeScope();
        Tensor place = Aten.clamp_min(match, 0L).unsqueeze(-1).expand(-1, -1, 4);
        Tensor boxes = labels.narrow(-1, 1, 4).to_type(otherwise.dtype).gather(1, place);
        return where(Aten.ge(match, 0).unsqueeze(-1), boxes, others).MoveToOuterDisposeScope();
    }
}
