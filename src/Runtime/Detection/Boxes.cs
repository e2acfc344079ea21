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
        return Generalized(Pairs(a, b)).MoveToOuterDisposeScope();
    }

    /// <summary>The generalised overlap of each box with the one at the same place.</summary>
    /// <param name="a">[..., 4].</param>
    /// <param name="b">[..., 4], as many.</param>
    /// <returns>[...]; the caller frees it.</returns>
    public static Tensor GeneralizedOverlapsOfPairs(Tensor a, Tensor b)
    {
        RequirePairs(a, b);
        using var scope = NewDisposeScope();
        return Generalized(Relate(a, b)).MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of one box of each pair by their generalised overlap.</summary>
    /// <param name="gradient">[...], that of the overlaps.</param>
    /// <param name="a">[..., 4], the boxes whose gradient it is.</param>
    /// <param name="b">[..., 4], the others.</param>
    /// <returns>[..., 4]; the caller frees it.</returns>
    public static Tensor GeneralizedOverlapGradient(Tensor gradient, Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        RequirePairs(a, b);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor first = a.narrow(-1, 0, 2), last = a.narrow(-1, 2, 2), otherFirst = b.narrow(-1, 0, 2);
        Tensor otherLast = b.narrow(-1, 2, 2);
        Tensor sharedSizes = minimum(last, otherLast) - maximum(first, otherFirst), sizes = last - first;
        Tensor aroundSizes = maximum(last, otherLast) - minimum(first, otherFirst);
        Tensor shared = Area(sharedSizes), union = Aten.add(Area(sizes), Area(otherLast - otherFirst)) - shared;
        Tensor around = Area(aroundSizes);

        // g = I/U + U/C − 1 with U = A + B − I: what it changes by each of the three areas, 0 where U or C is none.
        Tensor hasUnion = Aten.gt(union, 0.0).to_type(a.dtype), hasAround = Aten.gt(around, 0.0).to_type(a.dtype);
        Tensor byUnion = hasUnion / Aten.masked_fill(union, Aten.le(union, 0), 1.0);
        Tensor byAround = hasAround / Aten.masked_fill(around, Aten.le(around, 0), 1.0);
        Tensor ofUnion = byAround - (shared * byUnion * byUnion);
        Tensor ofShared = ((byUnion - ofUnion) * gradient).unsqueeze(-1);
        Tensor ofOwn = (ofUnion * gradient).unsqueeze(-1);
        Tensor ofAround = (union.neg() * byAround * byAround * gradient).unsqueeze(-1);

        // An area changes by a side as much as the other side is long.
        Tensor bySharedSizes = ofShared * Others(sharedSizes), bySizes = ofOwn * Others(sizes);
        Tensor byAroundSizes = ofAround * Others(aroundSizes);
        Tensor ofFirst = Aten.add(bySizes, Aten.add(
            bySharedSizes * Share(first, otherFirst), byAroundSizes * Share(otherFirst, first))).neg();
        Tensor ofLast = Aten.add(bySizes, Aten.add(
            bySharedSizes * Share(otherLast, last), byAroundSizes * Share(last, otherLast)));
        return cat([ofFirst, ofLast], -1).MoveToOuterDisposeScope();

        // Where x is the larger one, and half of it where both are equal, as maximum's gradient.
        Tensor Share(Tensor x, Tensor y) => Aten.mul(Aten.add(x.gt(y).to_type(a.dtype), x.ge(y).to_type(a.dtype)), 0.5);

        // Height and width of what has both, for width and height.
        static Tensor Others(Tensor sides) =>
            Aten.clamp_min(sides, 0.0).flip(-1) * Aten.ge(sides, 0.0).to_type(sides.dtype);
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
        return Relate(a.unsqueeze(-2), b.unsqueeze(-3));
    }

    // Overlap and union of boxes that broadcast with each other, and their edges.
    private static (Tensor Overlap, Tensor Union, ((Tensor a, Tensor b) First, (Tensor a, Tensor b) Last)) Relate(
        Tensor rows, Tensor columns)
    {
        (Tensor a, Tensor b) first = (rows.narrow(-1, 0, 2), columns.narrow(-1, 0, 2));
        (Tensor a, Tensor b) last = (rows.narrow(-1, 2, 2), columns.narrow(-1, 2, 2));
        Tensor shared = Area(minimum(last.a, last.b) - maximum(first.a, first.b));
        Tensor union = Aten.add(Area(last.a - first.a), Area(last.b - first.b)) - shared;
        Tensor empty = Aten.le(union, 0);
        return (Aten.masked_fill(shared / Aten.masked_fill(union, empty, 1.0), empty, 0.0), union, (first, last));
    }

    private static Tensor Generalized((Tensor Overlap, Tensor Union, ((Tensor a, Tensor b) First, (Tensor a, Tensor b) Last)) of)
    {
        var (overlap, union, (first, last)) = of;
        Tensor around = Area(
            maximum(last.a, last.b) - minimum(first.a, first.b));
        Tensor empty = Aten.le(around, 0);
        Tensor share = Aten.masked_fill((around - union) / Aten.masked_fill(around, empty, 1.0), empty, 0.0);
        return overlap - share;
    }

    private static void RequirePairs(Tensor a, Tensor b)
    {
        Require(a, nameof(a));
        Require(b, nameof(b));
        if (a.shape.AsSpan().SequenceEqual(b.shape)) return;
        throw new ArgumentException(
            $"Pairs of boxes are two lists of one shape, but these are [{string.Join(", ", a.shape)}] and "
            + $"[{string.Join(", ", b.shape)}].", nameof(b));
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
