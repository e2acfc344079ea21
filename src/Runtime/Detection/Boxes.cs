using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Geometry of boxes [..., 4]: x1, y1, x2, y2, the left, upper, right and lower edge, in any unit that is the same for
/// all. What has no width or no height has no area.</summary>
/// <remarks>Every function is differentiable by its boxes where its formula is, and frees what it makes on its way.</remarks>
public static class Boxes
{
    /// <summary>The default scales of <see cref="Encode"/> for centres and sizes: 0.1 and 0.2, the "variances" of SSD's
    /// authors.</summary>
    public const double CenterVariance = 0.1, SizeVariance = 0.2;

    // Below it a size is taken for it: the logarithm of a box without a width would be infinite.
    private const double LeastSize = 1e-6;

    /// <summary>Edges of boxes that are given by their centres and sizes.</summary>
    /// <param name="centered">[..., 4]: x and y of the centre, width, height.</param>
    /// <returns>[..., 4]; the caller frees it.</returns>
    public static Tensor FromCenters(Tensor centered)
    {
        Require(centered, nameof(centered));
        using var scope = NewDisposeScope();
        Tensor center = centered.narrow(-1, 0, 2), half = Aten.mul(centered.narrow(-1, 2, 2), 0.5);
        return cat([center - half, Aten.add(center, half)], -1).MoveToOuterDisposeScope();
    }

    /// <summary>Centres and sizes of boxes.</summary>
    /// <param name="boxes">[..., 4].</param>
    /// <returns>[..., 4]: x and y of the centre, width, height; the caller frees it.</returns>
    public static Tensor ToCenters(Tensor boxes)
    {
        Require(boxes, nameof(boxes));
        using var scope = NewDisposeScope();
        Tensor first = boxes.narrow(-1, 0, 2), last = boxes.narrow(-1, 2, 2);
        return cat([Aten.mul(Aten.add(first, last), 0.5), last - first], -1).MoveToOuterDisposeScope();
    }

    /// <summary>Areas, 0 for what has no width or no height.</summary>
    /// <param name="boxes">[..., 4].</param>
    /// <returns>[...], in the unit squared; the caller frees it.</returns>
    public static Tensor Areas(Tensor boxes)
    {
        Require(boxes, nameof(boxes));
        using var scope = NewDisposeScope();
        return Area(boxes.narrow(-1, 2, 2) - boxes.narrow(-1, 0, 2)).MoveToOuterDisposeScope();
    }

    /// <summary>The overlap of each two boxes of two lists: the area of what they share over that of what they cover together
    /// (intersection over union), in [0, 1]; 0 where neither has an area.</summary>
    /// <param name="a">[..., A, 4].</param>
    /// <param name="b">[..., B, 4].</param>
    /// <returns>[..., A, B]; the caller frees it.</returns>
    public static Tensor Overlaps(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        var (overlap, _, _) = Pairs(a, b);
        return overlap.MoveToOuterDisposeScope();
    }

    /// <summary>The generalised overlap of each two boxes: the overlap minus the share of the smallest box around both that
    /// neither covers, in (−1, 1] (Rezatofighi et al. 2019, arXiv 1902.09630, algorithm 1).</summary>
    /// <inheritdoc cref="Overlaps"/>
    public static Tensor GeneralizedOverlaps(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        var (overlap, union, (first, last)) = Pairs(a, b);
        Tensor around = Area(
            maximum(last.a, last.b) - minimum(first.a, first.b));
        Tensor empty = Aten.le(around, 0);
        Tensor share = Aten.masked_fill((around - union) / Aten.masked_fill(around, empty, 1.0), empty, 0.0);
        return (overlap - share).MoveToOuterDisposeScope();
    }

    /// <summary>Boxes with every edge held to an area.</summary>
    /// <param name="boxes">[..., 4].</param>
    /// <param name="width">The largest x, more than 0; the smallest is 0.</param>
    /// <param name="height">The largest y, more than 0; the smallest is 0.</param>
    /// <returns>[..., 4]; the caller frees it.</returns>
    public static Tensor Clip(Tensor boxes, double width = 1, double height = 1)
    {
        Require(boxes, nameof(boxes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        using var scope = NewDisposeScope();
        Tensor[] edges = [.. Enumerable.Range(0, 4).Select(
            edge => Aten.clamp(boxes.narrow(-1, edge, 1), 0, edge % 2 == 0 ? width : height))];
        return cat(edges, -1).MoveToOuterDisposeScope();
    }

    /// <summary>Boxes as offsets from priors: ((x − x_p)/w_p)/v for both coordinates of the centre, log(w/w_p)/u for both sizes
    /// (Girshick et al. 2014, arXiv 1311.2524, appendix C; v and u are those of SSD's authors).</summary>
    /// <param name="boxes">[..., 4]; sizes below 10⁻⁶ count as that.</param>
    /// <param name="priors">Centres and sizes, which broadcast with the boxes; sizes above 0.</param>
    /// <param name="centerVariance">v, more than 0.</param>
    /// <param name="sizeVariance">u, more than 0.</param>
    /// <returns>[..., 4]; the caller frees it.</returns>
    public static Tensor Encode(
        Tensor boxes, Tensor priors, double centerVariance = CenterVariance, double sizeVariance = SizeVariance)
    {
        RequirePriors(priors, centerVariance, sizeVariance);
        using var scope = NewDisposeScope();
        Tensor centered = ToCenters(boxes), size = priors.narrow(-1, 2, 2);
        Tensor offset = Aten.div((centered.narrow(-1, 0, 2) - priors.narrow(-1, 0, 2)) / size, centerVariance);
        Tensor growth = Aten.div((Aten.clamp_min(centered.narrow(-1, 2, 2), LeastSize) / size).log(), sizeVariance);
        return cat([offset, growth], -1).MoveToOuterDisposeScope();
    }

    /// <summary>What <see cref="Encode"/> makes of boxes, made boxes again.</summary>
    /// <param name="offsets">[..., 4]; a size grows by a factor of 1000 at most, so that what a network says at first is no
    /// infinite box.</param>
    /// <param name="priors">Centres and sizes, which broadcast with the offsets.</param>
    /// <param name="centerVariance">v, more than 0.</param>
    /// <param name="sizeVariance">u, more than 0.</param>
    /// <returns>[..., 4]: x1, y1, x2, y2; the caller frees it.</returns>
    public static Tensor Decode(
        Tensor offsets, Tensor priors, double centerVariance = CenterVariance, double sizeVariance = SizeVariance)
    {
        Require(offsets, nameof(offsets));
        RequirePriors(priors, centerVariance, sizeVariance);
        using var scope = NewDisposeScope();
        Tensor size = priors.narrow(-1, 2, 2);
        Tensor center = Aten.add(priors.narrow(-1, 0, 2), Aten.mul(offsets.narrow(-1, 0, 2), centerVariance) * size);
        Tensor grown = Aten.mul(offsets.narrow(-1, 2, 2), sizeVariance);
        Tensor sizes = grown.clamp_max(Numbers.Of(Math.Log(1000))).exp() * size;
        return FromCenters(cat([center, sizes], -1)).MoveToOuterDisposeScope();
    }

    /// <summary>Which boxes have a width and a height of at least some size.</summary>
    /// <param name="boxes">[..., 4].</param>
    /// <param name="least">In the boxes' unit, at least 0; with 0 the size must be more than that.</param>
    /// <returns>[...] of yes or no; the caller frees it.</returns>
    public static Tensor AreLargerThan(Tensor boxes, double least)
    {
        Require(boxes, nameof(boxes));
        ArgumentOutOfRangeException.ThrowIfNegative(least);
        using var scope = NewDisposeScope();
        Tensor sizes = boxes.narrow(-1, 2, 2) - boxes.narrow(-1, 0, 2);
        return (least == 0 ? Aten.gt(sizes, 0) : Aten.ge(sizes, least)).all(-1).MoveToOuterDisposeScope();
    }

    internal static void Require(Tensor boxes, string name)
    {
        ArgumentNullException.ThrowIfNull(boxes, name);
        if (boxes.dim() == 0 || boxes.size(-1) != 4 || !boxes.is_floating_point())
        {
            throw new ArgumentException(
                $"Boxes are numbers [..., 4], x1, y1, x2, y2, but these are [{string.Join(", ", boxes.shape)}] {boxes.dtype}.",
                name);
        }
    }

    private static (Tensor Overlap, Tensor Union, ((Tensor a, Tensor b) First, (Tensor a, Tensor b) Last)) Pairs(
        Tensor a, Tensor b)
    {
        Require(a, nameof(a));
        Require(b, nameof(b));
        if (a.dim() < 2 || b.dim() < 2)
            throw new ArgumentException("Lists of boxes are [..., n, 4], but one of these is a single box: unsqueeze(0).");
        Tensor rows = a.unsqueeze(-2), columns = b.unsqueeze(-3);
        (Tensor a, Tensor b) first = (rows.narrow(-1, 0, 2), columns.narrow(-1, 0, 2));
        (Tensor a, Tensor b) last = (rows.narrow(-1, 2, 2), columns.narrow(-1, 2, 2));
        Tensor shared = Area(minimum(last.a, last.b) - maximum(first.a, first.b));
        Tensor union = Aten.add(Area(last.a - first.a), Area(last.b - first.b)) - shared;
        Tensor empty = Aten.le(union, 0);
        return (Aten.masked_fill(shared / Aten.masked_fill(union, empty, 1.0), empty, 0.0), union, (first, last));
    }

    // A product that has no gradient where a size is negative.
    private static Tensor Area(Tensor sizes)
    {
        Tensor positive = Aten.clamp_min(sizes, 0.0);
        return positive.select(-1, 0) * positive.select(-1, 1);
    }

    private static void RequirePriors(Tensor priors, double centerVariance, double sizeVariance)
    {
        Require(priors, nameof(priors));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(centerVariance);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sizeVariance);
    }
}
