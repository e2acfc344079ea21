using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How many made samples lie where real ones are, and how many real ones where made ones are (Kynkäänniemi et al.
/// 2019, arXiv 1904.06991).</summary>
/// <param name="Precision">The share of made samples that look real, in [0, 1].</param>
/// <param name="Recall">The share of real samples that could be made, in [0, 1].</param>
public sealed record ManifoldScores(double Precision, double Recall)
{
    // So many numbers of distances are there at once.
    private const long BlockNumbers = EmbeddingRows.BlockNumbers;

    /// <summary>
    /// Precision and recall by features: a set lies where a ball around one of its points, up to its k-th nearest other point,
    /// holds what is asked for (equations 1 and 2; algorithm 1).
    /// </summary>
    /// <param name="real">Features of real samples [N, D].</param>
    /// <param name="made">Those of made ones [M, D], of the same layer of the same network; the paper takes as many.</param>
    /// <param name="neighbors">k, fewer than there are samples of either; the paper has 3.</param>
    /// <exception cref="DataMismatchException">Features that are no rows of finite numbers, are of different widths or devices,
    /// or of no more samples than neighbours.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no neighbour.</exception>
    public static ManifoldScores Of(Tensor real, Tensor made, int neighbors = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbors, 1);
        EmbeddingRows.Require(real, "features of real samples");
        EmbeddingRows.Require(made, "features of made samples");
        EmbeddingRows.RequireAlike(made, "features of made samples", real, "features of real samples");
        if (real.size(0) <= neighbors || made.size(0) <= neighbors)
        {
            throw new DataMismatchException(
                $"{neighbors} neighbours take more than {neighbors} samples, but there are {real.size(0)} real and "
                + $"{made.size(0)} made ones.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor ofReal = real.detach().to(ScalarType.Float64), ofMade = made.detach().to(ScalarType.Float64);
        return new ManifoldScores(
            Covered(ofMade, ofReal, Radii(ofReal, neighbors)), Covered(ofReal, ofMade, Radii(ofMade, neighbors)));
    }

    /// <summary>The distance of each point to its k-th nearest other one.</summary>
    private static Tensor Radii(Tensor points, int neighbors)
    {
        List<Tensor> radii = [];
        foreach (var rows in Blocks(points, points.size(0)))
        {
            // The nearest is the point itself.
            using var scope = NewDisposeScope();
            var (nearest, _) = cdist(rows, points).topk(neighbors + 1, 1, largest: false, sorted: true);
            radii.Add(nearest.select(1, neighbors).clone().MoveToOuterDisposeScope());
        }

        return cat(radii, 0);
    }

    /// <summary>The share of samples that lie in a ball around some point.</summary>
    private static double Covered(Tensor samples, Tensor points, Tensor radii)
    {
        long covered = 0;
        foreach (var rows in Blocks(samples, points.size(0)))
        {
            using var scope = NewDisposeScope();
            covered += Aten.item_int64(cdist(rows, points).le(radii).any(1).sum());
        }

        return (double)covered / samples.size(0);
    }

    private static IEnumerable<Tensor> Blocks(Tensor rows, long width)
    {
        long length = Math.Max(1, BlockNumbers / width);
        for (long start = 0; start < rows.size(0); start += length)
            yield return rows.narrow(0, start, Math.Min(length, rows.size(0) - start));
    }
}
