using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Re-ranks what is near by whether the nearness is mutual: k-reciprocal encoding (Zhong et al. 2017, arXiv 1701.08398). Needs no
/// label and no training.
/// </summary>
/// <remarks>
/// Of queries and gallery together, N(p, k) are p and its k nearest others, and R(p, k) those of them that have p among theirs
/// (equation 3). R* adds R(q, k/2) of each q in R(p, k) of which at least two thirds are in R(p, k) already (equation 5; the
/// authors' program asks for more than two thirds, as is done here). p is then a vector of exp(−d(p, g)) for g in R* and 0
/// else (equation 7), brought to the sum 1 and averaged over p's second-nearest set N(p, k₂ − 1) (equation 11). The Jaccard
/// distance of two vectors is 1 − Σmin/Σmax (equation 10), and the final one (1 − λ)·Jaccard + λ·d (equation 12). d is
/// the squared length of the difference, divided by the row's largest, as in the program.
/// </remarks>
public static class ReciprocalRanking
{
    /// <summary>The nearest rows of a gallery for each query, by the final distance; equal distances by the place.</summary>
    /// <param name="queries">[Q, D] of finite floating-point numbers.</param>
    /// <param name="gallery">[N, D], on the same device.</param>
    /// <param name="k">How many, in [1, N].</param>
    /// <param name="neighbors">k₁: how many neighbours can be mutual, in [1, Q + N − 1].</param>
    /// <param name="averaged">k₂: over how many rows, itself counted, a vector is averaged, in [1, neighbors].</param>
    /// <param name="weight">λ: what the first distance counts, in [0, 1].</param>
    /// <param name="distance">What is near at first; by the cosine rows are divided by their length.</param>
    /// <returns>[Q, k]; the caller disposes it. It holds the distances of all rows to all others, (Q + N)² numbers, while it
    /// runs.</returns>
    /// <exception cref="DataMismatchException">Shapes, types or devices that do not fit; a number that is not finite; with the
    /// cosine a row of zeros.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number outside of its range.</exception>
    public static Neighbors Find(
        Tensor queries, Tensor gallery, int k, int neighbors = 20, int averaged = 6, double weight = 0.3,
        EmbeddingDistance distance = EmbeddingDistance.Cosine)
    {
        EmbeddingRows.Require(queries, "queries");
        EmbeddingRows.Require(gallery, "gallery's rows");
        EmbeddingRows.RequireAlike(queries, "queries", gallery, "gallery's rows");
        int asked = (int)queries.size(0), count = (int)(asked + gallery.size(0));
        Between(k, count - asked, nameof(k));
        Between(neighbors, count - 1, nameof(neighbors));
        Between(averaged, neighbors, nameof(averaged));
        if (!(weight >= 0 && weight <= 1))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "The first distance counts a share, in [0, 1].");

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var type = queries.dtype == ScalarType.Float64 || gallery.dtype == ScalarType.Float64
            ? ScalarType.Float64 : ScalarType.Float32;
        Tensor all = cat([queries.detach().to_type(type), gallery.detach().to_type(type)]);
        double[][] far = Distances(all, distance);
        long[] nearest;
        using (var others = NearestNeighbors.FindOthers(all, neighbors, distance))
            nearest = EmbeddingRows.ToArray<long>(others.Indices);
        int[][] order = [.. Enumerable.Range(0, count).Select(p =>
            (int[])[p, .. nearest.AsSpan(p * neighbors, neighbors).ToArray().Select(place => (int)place)])];

        double[][] encoded = [.. Enumerable.Range(0, count).Select(p => Encode(p, order, far[p], neighbors))];
        double[][] vectors = [.. order.Select(near => Mean([.. near.Take(averaged).Select(p => encoded[p])]))];
        var places = new long[asked * k];
        var distances = new double[asked * k];
        for (int query = 0; query < asked; query++)
        {
            double[] final =
            [
                .. Enumerable.Range(asked, count - asked).Select(g =>
                    (1 - weight) * Jaccard(vectors[query], vectors[g]) + (weight * far[query][g])),
            ];
            int rank = query * k;
            foreach (int place in Enumerable.Range(0, final.Length).OrderBy(place => final[place]).Take(k))
                (places[rank], distances[rank++]) = (place, final[place]);
        }

        return new Neighbors(
            tensor(places, [asked, k]).to(gallery.device).MoveToOuterDisposeScope(),
            tensor(distances, [asked, k]).to(gallery.device).MoveToOuterDisposeScope());
    }

    private static void Between(int number, int most, string name)
    {
        if (number >= 1 && number <= most) return;
        throw new ArgumentOutOfRangeException(name, number, $"It lies in 1, ..., {most} here.");
    }

    // Of each row to all, divided by its largest.
    private static double[][] Distances(Tensor all, EmbeddingDistance distance)
    {
        using var rows = new ComparedRows(all, all, distance, ScalarType.Float64);
        int count = (int)rows.Count;
        long step = Math.Max(EmbeddingRows.BlockNumbers / count, 1);
        var distances = new List<double[]>();
        for (long first = 0; first < count; first += step)
        {
            using var scope = NewDisposeScope();
            Tensor squares = rows.Squares(first, Math.Min(first + step, count), 0, count);
            foreach (double[] row in EmbeddingRows.ToArray<double>(squares).Chunk(count))
            {
                double largest = row.Max();
                distances.Add(largest == 0 ? row : [.. row.Select(square => square / largest)]);
            }
        }

        return [.. distances];
    }

    private static double[] Encode(int p, int[][] order, double[] far, int neighbors)
    {
        // The authors' program rounds halves to the even number.
        int half = (int)Math.Round(neighbors / 2.0);
        var mutual = Mutual(p, neighbors);
        var expanded = new HashSet<int>(mutual);
        foreach (int q in mutual)
        {
            var further = Mutual(q, half);
            if (3 * further.Count(mutual.Contains) > 2 * further.Count) expanded.UnionWith(further);
        }

        var vector = new double[order.Length];
        double sum = expanded.Sum(g => Math.Exp(-far[g]));
        foreach (int g in expanded) vector[g] = Math.Exp(-far[g]) / sum;
        return vector;

        HashSet<int> Mutual(int of, int k) =>
            [.. order[of].Take(k + 1).Where(other => order[other].AsSpan(0, k + 1).Contains(of))];
    }

    private static double[] Mean(double[][] vectors) =>
        [.. Enumerable.Range(0, vectors[0].Length).Select(i => vectors.Average(vector => vector[i]))];

    private static double Jaccard(double[] a, double[] b)
    {
        // Both have the sum 1: Σmax = 2 − Σmin.
        double smaller = 0;
        for (int i = 0; i < a.Length; i++) smaller += Math.Min(a[i], b[i]);
        return 1 - (smaller / (2 - smaller));
    }
}
