using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Exact nearest neighbours by comparing every query with every row of a gallery, in blocks on the device of the tensors:
/// memory does not grow with the product of both numbers.
/// </summary>
/// <remarks>
/// A block's distances come from a matrix product in the type of the features (float32 at least), of rows from which the
/// gallery's mean is taken: it changes no distance, and less is lost to rounding. The k + 16 best by these are measured again
/// in float64, as lengths of differences, and ordered by what that gives; equal distances by the place in the gallery.
/// A neighbour can be missed only where more than 16 others are nearer than it by less than the rounding of the product.
/// </remarks>
public static class NearestNeighbors
{
    // Measured again beside the k that are asked for.
    private const int Spare = 16;

    private const long QueriesOfBlock = 1024;

    /// <summary>The k nearest rows of a gallery for each query.</summary>
    /// <param name="queries">[Q, D] of finite floating-point numbers.</param>
    /// <param name="gallery">[N, D], on the same device.</param>
    /// <param name="k">How many, in [1, N].</param>
    /// <param name="distance">What is near.</param>
    /// <returns>[Q, k]; the caller disposes it.</returns>
    /// <exception cref="DataMismatchException">Shapes, types or devices that do not fit; a number that is not finite; with the
    /// cosine a row of zeros.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than k rows.</exception>
    public static Neighbors Find(
        Tensor queries, Tensor gallery, int k, EmbeddingDistance distance = EmbeddingDistance.Euclidean)
    {
        using var rows = new ComparedRows(queries, gallery, distance);
        return All(rows, k);
    }

    /// <summary>The k nearest other rows for each row: the row itself is left out, whatever else equals it is not.</summary>
    /// <param name="features">[N, D] of finite floating-point numbers.</param>
    /// <param name="k">How many, in [1, N − 1].</param>
    /// <param name="distance">What is near.</param>
    /// <returns>[N, k]; the caller disposes it.</returns>
    /// <exception cref="DataMismatchException">Another shape or type; a number that is not finite; with the cosine a row of
    /// zeros.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than k other rows.</exception>
    public static Neighbors FindOthers(Tensor features, int k, EmbeddingDistance distance = EmbeddingDistance.Euclidean)
    {
        using var rows = new ComparedRows(features, distance);
        return All(rows, k);
    }

    private static Neighbors All(ComparedRows rows, int k)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Neighbors[] blocks = [.. ByBlocks(rows, k).Select(block => block.Neighbors)];
        return new Neighbors(
            cat([.. blocks.Select(block => block.Indices)]).MoveToOuterDisposeScope(),
            cat([.. blocks.Select(block => block.Distances)]).MoveToOuterDisposeScope());
    }

    /// <summary>The neighbours of some queries after those of others; the caller disposes each.</summary>
    internal static IEnumerable<(long First, Neighbors Neighbors)> ByBlocks(ComparedRows rows, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (k > rows.Choices)
        {
            throw new ArgumentOutOfRangeException(
                nameof(k), k, $"There are {rows.Choices} rows to choose {k} neighbours from: ask for fewer, or give more rows.");
        }

        long kept = Math.Min(k + Spare, rows.Choices);
        long step = Math.Clamp(EmbeddingRows.BlockNumbers / (4 * kept * rows.Dimension), 1, QueriesOfBlock);
        for (long first = 0; first < rows.Queries; first += step)
            yield return (first, Block(rows, first, Math.Min(first + step, rows.Queries), k, (int)kept));
    }

    private static Neighbors Block(ComparedRows rows, long first, long end, int k, int kept)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor? values = null, places = null;
        long step = Math.Max(EmbeddingRows.BlockNumbers / (end - first), kept);
        for (long from = 0; from < rows.Count; from += step)
        {
            using var inner = NewDisposeScope();
            var squares = rows.Squares(first, end, from, Math.Min(from + step, rows.Count));
            var (found, at) = Smallest(squares, k, (int)Math.Min(kept, squares.size(1)));
            at = Aten.add(at, from);
            if (values is not null)
            {
                // The earlier rows stand first, so that a stable order keeps them before equal ones.
                (found, at) = (cat([values, found], 1), cat([places!, at], 1));
                var (ordered, order) = found.sort(1, stable: true);
                long most = Math.Min(kept, ordered.size(1));
                (found, at) = (ordered.narrow(1, 0, most), at.gather(1, order.narrow(1, 0, most)));
            }

            (values, places) = (found.MoveToOuterDisposeScope(), at.MoveToOuterDisposeScope());
        }

        // By place, then by distance: a stable order leaves equal distances by place.
        var byPlace = places!.narrow(1, 0, kept).sort(1).Values;
        var (exact, nearest) = rows.Measure(first, end, byPlace).sort(1, stable: true);
        return new Neighbors(
            byPlace.gather(1, nearest.narrow(1, 0, k)).MoveToOuterDisposeScope(),
            exact.narrow(1, 0, k).contiguous().MoveToOuterDisposeScope());
    }

    /// <summary>The smallest numbers of each row, in order, equal ones by place. Beyond the k-th they may be others that equal
    /// the last.</summary>
    private static (Tensor Values, Tensor Places) Smallest(Tensor squares, int k, int kept)
    {
        var (values, places) = squares.topk(kept, 1, largest: false, sorted: true);

        // topk takes any of those that equal its last one. That touches the first k only where all behind the k-th equal it.
        if (kept >= k && kept < squares.size(1))
        {
            var unsure = values.select(1, k - 1).eq(values.select(1, kept - 1)).nonzero().flatten();
            if (unsure.numel() > 0) TakeFirstOfEqual(squares, values, places, unsure);
        }

        // Equal numbers come in any order.
        var byPlace = places.sort(1);
        var byValue = values.gather(1, byPlace.Indices).sort(1, stable: true);
        return (byValue.Values, byPlace.Values.gather(1, byValue.Indices));
    }

    /// <summary>In rows whose last numbers are equal, puts the places at which that number stands first.</summary>
    private static void TakeFirstOfEqual(Tensor squares, Tensor values, Tensor places, Tensor unsure)
    {
        long kept = values.size(1), columns = squares.size(1);
        var known = values.index_select(0, unsure);
        var last = known.narrow(1, kept - 1, 1);
        var all = Aten.arange(columns, ScalarType.Int32, squares.device);
        var beyond = Aten.full_like(all, columns);
        var equal = where(squares.index_select(0, unsure).eq(last), all, beyond);
        var first = equal.topk((int)kept, 1, largest: false, sorted: true).values.to_type(ScalarType.Int64);

        // values are in order: what is below the last number stands before it.
        var below = known.lt(last);
        var among = Aten.clamp_min(Aten.arange(kept, device: squares.device).sub(below.sum(1, keepdim: true)), 0);
        var chosen = where(below, places.index_select(0, unsure), first.gather(1, among));
        places.index_copy_(0, unsure, chosen);
    }
}
