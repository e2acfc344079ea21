using System.Globalization;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// k-means: K centroids of which each row has a nearest one, at the smallest sum of squared distances that Lloyd's iterations
/// find (Lloyd 1982). They start at rows chosen far from each other (k-means++, Arthur and Vassilvitskii 2007). A cluster that
/// loses all its rows starts again beside the centroid of the largest one, so that the two share its rows (arXiv 1807.05520).
/// </summary>
/// <remarks>Distances are computed in blocks on the device of the features, as in <see cref="NearestNeighbors"/>; centroids and
/// the inertia are float64. Equal seeds give equal clusters on the CPU; a GPU adds the rows of a centroid in no fixed order.
/// Other seeds give other minima: of several take the one with the smallest inertia.</remarks>
public sealed class KMeans : IDisposable
{
    private const string Purpose = "k-means";

    // Of the deviation within the cluster that is shared.
    private const double Perturbation = 0.01;

    // Of squared lengths in float64, with some to spare.
    private const double Rounding = 1e-13;

    private KMeans(Tensor centroids, Tensor assignments, double inertia, int iterations, bool converged, long reseedings) =>
        (Centroids, Assignments, Inertia, Iterations, Converged, Reseedings) =
            (centroids, assignments, inertia, iterations, converged, reseedings);

    /// <summary>[K, D] float64.</summary>
    public Tensor Centroids { get; }

    /// <summary>The nearest centroid of each row, [N] int64.</summary>
    public Tensor Assignments { get; }

    /// <summary>The sum over rows of the squared distance to their centroid.</summary>
    public double Inertia { get; }

    /// <summary>How often centroids were moved.</summary>
    public int Iterations { get; }

    /// <summary>Whether the centroids came to rest.</summary>
    public bool Converged { get; }

    /// <summary>How often a cluster without rows started again beside the largest.</summary>
    public long Reseedings { get; }

    /// <summary>Finds clusters from rows chosen by k-means++.</summary>
    /// <param name="features">[N, D] of finite floating-point numbers.</param>
    /// <param name="clusters">K, in [1, the number of different rows].</param>
    /// <param name="seed">Which rows it starts from.</param>
    /// <param name="iterations">The most movements of the centroids, at least 1.</param>
    /// <param name="tolerance">Done when the squared movements of all centroids sum to less than this share of the mean variance
    /// of a column; at least 0.</param>
    /// <returns>The clusters; the caller disposes them.</returns>
    /// <exception cref="DataMismatchException">Features that do not fit, or fewer different rows than clusters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number out of its range.</exception>
    public static KMeans Fit(Tensor features, int clusters, long seed = 0, int iterations = 300, double tolerance = 1e-4)
    {
        EmbeddingRows.Require(features, "features");
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        if (clusters > features.size(0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(clusters), clusters, $"There are {features.size(0)} rows, which make that many clusters at most.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var stream = new RandomStream(seed, Purpose);
        return Iterate(features, SpreadRows(features, clusters, stream.OnHost(0)), stream.OnHost(1), iterations, tolerance);
    }

    /// <summary>Finds clusters from given centroids, as those of an earlier epoch.</summary>
    /// <param name="features">[N, D] of finite floating-point numbers.</param>
    /// <param name="centroids">[K, D], on the same device.</param>
    /// <param name="seed">How clusters without rows start again.</param>
    /// <param name="iterations">The most movements of the centroids, at least 1.</param>
    /// <param name="tolerance">As for the other start.</param>
    /// <returns>The clusters; the caller disposes them.</returns>
    /// <exception cref="DataMismatchException">Features or centroids that do not fit, or fewer different rows than
    /// clusters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number out of its range.</exception>
    public static KMeans FitFrom(Tensor features, Tensor centroids, long seed = 0, int iterations = 300, double tolerance = 1e-4)
    {
        EmbeddingRows.Require(features, "features");
        EmbeddingRows.Require(centroids, "centroids");
        EmbeddingRows.RequireAlike(centroids, "centroids", features, "features");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var stream = new RandomStream(seed, Purpose);
        return Iterate(features, centroids.to_type(ScalarType.Float64), stream.OnHost(1), iterations, tolerance);
    }

    /// <summary>The nearest centroid of other rows.</summary>
    /// <param name="features">[M, D], on the device of the centroids.</param>
    /// <returns>[M] int64; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">Features that do not fit.</exception>
    public Tensor Assign(Tensor features)
    {
        using var found = NearestNeighbors.Find(features, Centroids, 1);
        return found.Indices.flatten();
    }

    /// <summary>How the clusters were found.</summary>
    public override string ToString()
    {
        string reseeded = Reseedings == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $"; {Reseedings} times a cluster without rows started again");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Centroids.size(0)} clusters of {Assignments.size(0)} rows, inertia {EvaluationText.Number(Inertia)}; "
            + $"{(Converged ? "converged" : "did not converge")} in {Iterations} iterations{reseeded}");
    }

    /// <summary>Frees both tensors.</summary>
    public void Dispose()
    {
        Centroids.Dispose();
        Assignments.Dispose();
    }

    private static KMeans Iterate(Tensor features, Tensor start, HostRandom random, int iterations, double tolerance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        if (!(tolerance >= 0 && double.IsFinite(tolerance)))
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "A tolerance is at least 0.");
        var mean = features.mean([0], true, ScalarType.Float64);
        var exact = features.detach().to_type(ScalarType.Float64).sub(mean);
        var rows = exact.to_type(features.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32);
        double rest = tolerance * Aten.item(exact.mul(exact).mean());
        var centroids = start.sub(mean);
        var assigned = Nearest(rows, centroids);
        long reseedings = 0;
        int done = 0;
        bool converged = false;
        while (done < iterations && !converged)
        {
            using var scope = NewDisposeScope();
            var counts = Counts(assigned, centroids.size(0));
            var sums = Aten.index_add(zeros_like(centroids), 0, assigned, exact);
            var moved = where(Aten.gt(counts, 0.0).unsqueeze(1), sums.div(Aten.clamp_min(counts, 1.0).unsqueeze(1)), centroids);
            int reseeded = Reseed(exact, assigned, moved, counts, random);
            var movement = moved.sub(centroids);
            converged = reseeded == 0 && Aten.item(movement.mul(movement).sum()) <= rest;
            reseedings += reseeded;
            done++;
            centroids.Dispose();
            assigned.Dispose();
            (centroids, assigned) = (moved.MoveToOuterDisposeScope(), Nearest(rows, moved).MoveToOuterDisposeScope());
        }

        var differences = exact.sub(centroids.index_select(0, assigned));
        return new KMeans(
            Aten.add(centroids, mean).DetachFromDisposeScope(), assigned.DetachFromDisposeScope(),
            Aten.item(differences.mul(differences).sum()), done, converged, reseedings);
    }

    /// <summary>The nearest centroid of each row, of equally near ones the first.</summary>
    private static Tensor Nearest(Tensor rows, Tensor centroids)
    {
        using var scope = NewDisposeScope();
        var columns = centroids.to_type(rows.dtype).t();
        var squares = centroids.mul(centroids).sum(1).to_type(rows.dtype);
        var parts = new List<Tensor>();
        long step = Math.Max(EmbeddingRows.BlockNumbers / centroids.size(0), 1);
        for (long first = 0; first < rows.size(0); first += step)
        {
            using var inner = NewDisposeScope();
            var products = rows.narrow(0, first, Math.Min(step, rows.size(0) - first)).matmul(columns);
            parts.Add(Aten.add_(Aten.mul_(products, -2.0), squares).argmin(1).MoveToOuterDisposeScope());
        }

        return cat(parts).MoveToOuterDisposeScope();
    }

    private static Tensor Counts(Tensor assigned, long clusters)
    {
        using var ones = assigned.new_ones(assigned.size(0), ScalarType.Float64);
        using var none = assigned.new_zeros(clusters, ScalarType.Float64);
        return Aten.index_add(none, 0, assigned, ones);
    }

    /// <summary>Puts centroids that have no row beside that of the largest cluster, over which they then share its
    /// rows.</summary>
    /// <returns>How many there were.</returns>
    private static int Reseed(Tensor rows, Tensor assigned, Tensor centroids, Tensor counts, HostRandom random)
    {
        double[] sizes = EmbeddingRows.ToArray<double>(counts);
        int[] empty = [.. Enumerable.Range(0, sizes.Length).Where(cluster => sizes[cluster] == 0)];
        if (empty.Length == 0) return 0;
        var differences = rows.sub(centroids.index_select(0, assigned));
        double[] spreads = EmbeddingRows.ToArray<double>(
            Aten.index_add(zeros_like(counts), 0, assigned, differences.mul(differences).sum(1)));
        double[] deviations = [.. spreads.Select((sum, i) => Math.Sqrt(sum / Math.Max(sizes[i], 1) / rows.size(1)))];
        foreach (int cluster in empty)
        {
            // A cluster of equal rows cannot be shared.
            int largest = Enumerable.Range(0, sizes.Length).Where(i => deviations[i] > 0).DefaultIfEmpty(-1)
                .MaxBy(i => i < 0 ? 0 : sizes[i]);
            if (largest < 0) throw TooFewRows(sizes.Length, sizes.Count(size => size > 0));
            double width = Perturbation * deviations[largest];
            double[] shift = [.. Enumerable.Range(0, (int)rows.size(1)).Select(_ => width * random.Normal())];
            using var placed = Aten.add(centroids[largest], tensor(shift, device: rows.device));
            centroids[cluster].copy_(placed);
            sizes[largest] /= 2;
            sizes[cluster] = sizes[largest];
        }

        return empty.Length;
    }

    /// <summary>k-means++: each next row is drawn with a probability that is proportional to the squared distance to the nearest
    /// one so far.</summary>
    private static Tensor SpreadRows(Tensor features, int clusters, HostRandom random)
    {
        using var scope = NewDisposeScope();
        var exact = features.detach().to_type(ScalarType.Float64).sub(features.mean([0], true, ScalarType.Float64));
        var lengths = exact.mul(exact).sum(1);
        long count = features.size(0), place = Math.Min((long)(random.Uniform() * count), count - 1);
        var chosen = new List<Tensor>();
        Tensor? nearest = null;
        while (true)
        {
            using var inner = NewDisposeScope();
            chosen.Add(features.narrow(0, place, 1).to(ScalarType.Float64, copy: true).MoveToOuterDisposeScope());
            if (chosen.Count == clusters) break;

            // By a product, one pass over the rows. What rounding leaves between equal rows is no distance.
            var both = Aten.add(lengths, lengths[place]);
            var squares = Aten.add(both, exact.matmul(exact[place]), -2.0);
            squares = Aten.masked_fill(squares, squares.le(Aten.mul(both, Rounding)), 0.0);
            nearest = (nearest is null ? squares : minimum(nearest, squares)).MoveToOuterDisposeScope();
            var sums = nearest.cumsum(0);
            double total = Aten.item(sums.narrow(0, count - 1, 1));
            if (total == 0) throw TooFewRows(clusters, chosen.Count);

            // The first row whose sum is above the number drawn; never one that is chosen already, which adds nothing.
            place = Aten.item_int64(Aten.gt(sums, Math.Min(random.Uniform() * total, Math.BitDecrement(total)))
                .to_type(ScalarType.Int64).argmax());
        }

        return cat(chosen).MoveToOuterDisposeScope();
    }

    private static DataMismatchException TooFewRows(int clusters, int different) => new(
        $"There are {different} different rows for {clusters} clusters: ask for {different} at most, or see why the features "
        + "collapse.");
}
