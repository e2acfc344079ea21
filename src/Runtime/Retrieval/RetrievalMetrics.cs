using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// How well the neighbours of an embedding are of its class: a query for each row, ranked against all others or against a
/// gallery. What has the query's label is relevant.
/// </summary>
/// <param name="Queries">The queries that all means are over: those whose class the ranking holds.</param>
/// <param name="WithoutMatch">Queries whose class nothing else has. No order is right for them, and they count in no
/// mean.</param>
/// <param name="MeanAveragePrecisionAtR">MAP@R: the mean over queries of Σ precision(i)·relevant(i)/R over the first R ranks,
/// with R the number of relevant rows (arXiv 2003.08505).</param>
/// <param name="MeanAveragePrecision">The mean over queries of the mean precision at the relevant rows of the whole ranking; null
/// where the whole ranking was not asked for.</param>
/// <param name="Cutoffs">What is known at each k, in the order asked for.</param>
public sealed record RetrievalMetrics(
    long Queries, long WithoutMatch, double MeanAveragePrecisionAtR, double? MeanAveragePrecision,
    IReadOnlyList<RetrievalAt> Cutoffs)
{
    /// <summary>Each row's ranking of all others.</summary>
    /// <param name="features">[N, D] of finite floating-point numbers, N at least 2.</param>
    /// <param name="labels">[N] int64, classes.</param>
    /// <param name="cutoffs">The k of recall@k and nDCG@k, each in [1, N − 1].</param>
    /// <param name="distance">What is near.</param>
    /// <param name="wholeRanking">Whether mean average precision is computed, for which every row is ranked: sorting takes far
    /// longer than finding the nearest.</param>
    /// <exception cref="DataMismatchException">Features or labels that do not fit; no class has two rows.</exception>
    /// <exception cref="ArgumentException">No cutoff, or one that is out of range.</exception>
    public static RetrievalMetrics Evaluate(
        Tensor features, Tensor labels, IReadOnlyList<int> cutoffs, EmbeddingDistance distance = EmbeddingDistance.Euclidean,
        bool wholeRanking = true)
    {
        using var rows = new ComparedRows(features, distance, wholeRanking ? ScalarType.Float64 : null);
        long[] classes = EmbeddingRows.Labels(labels, features, "labels");
        return Evaluate(rows, classes, classes, leftOut: 1, cutoffs, wholeRanking);
    }

    /// <summary>The rankings of a gallery's rows for queries that are not among them.</summary>
    /// <param name="queries">[Q, D] of finite floating-point numbers.</param>
    /// <param name="queryLabels">[Q] int64, classes.</param>
    /// <param name="gallery">[N, D], on the same device.</param>
    /// <param name="galleryLabels">[N] int64.</param>
    /// <param name="cutoffs">The k of recall@k and nDCG@k, each in [1, N].</param>
    /// <param name="distance">What is near.</param>
    /// <param name="wholeRanking">Whether mean average precision is computed, for which every row is ranked.</param>
    /// <exception cref="DataMismatchException">Features or labels that do not fit; the gallery has no query's class.</exception>
    /// <exception cref="ArgumentException">No cutoff, or one that is out of range.</exception>
    public static RetrievalMetrics Evaluate(
        Tensor queries, Tensor queryLabels, Tensor gallery, Tensor galleryLabels, IReadOnlyList<int> cutoffs,
        EmbeddingDistance distance = EmbeddingDistance.Euclidean, bool wholeRanking = true)
    {
        using var rows = new ComparedRows(queries, gallery, distance, wholeRanking ? ScalarType.Float64 : null);
        long[] asked = EmbeddingRows.Labels(queryLabels, queries, "queries' labels");
        long[] held = EmbeddingRows.Labels(galleryLabels, gallery, "gallery's labels");
        return Evaluate(rows, asked, held, leftOut: 0, cutoffs, wholeRanking);
    }

    /// <summary>All numbers in a line.</summary>
    public override string ToString()
    {
        string map = MeanAveragePrecision is { } mean ? $", MAP {EvaluationText.Number(mean)}" : "";
        string missing = WithoutMatch == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $"; {WithoutMatch} more whose class has no other sample are left out");
        string at = string.Concat(Cutoffs.Select(each => string.Create(
            CultureInfo.InvariantCulture,
            $"recall@{each.K} {EvaluationText.Number(each.Recall)}, nDCG@{each.K} {EvaluationText.Number(each.Ndcg)}, ")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{at}MAP@R {EvaluationText.Number(MeanAveragePrecisionAtR)}{map} ({Queries} queries{missing})");
    }

    private static RetrievalMetrics Evaluate(
        ComparedRows rows, long[] asked, long[] held, int leftOut, IReadOnlyList<int> cutoffs, bool wholeRanking)
    {
        ArgumentNullException.ThrowIfNull(cutoffs);
        if (cutoffs.Count == 0) throw new ArgumentException("No cutoff: say the k of recall@k, as 1, 2, 4, 8.", nameof(cutoffs));
        foreach (int cutoff in cutoffs)
        {
            if (cutoff < 1 || cutoff > rows.Choices)
                throw new ArgumentException($"A cutoff is {cutoff}, but {rows.Choices} rows are ranked.", nameof(cutoffs));
        }

        var counts = held.CountBy(label => label).ToDictionary();
        int[] relevant = [.. asked.Select(label => Math.Max(counts.GetValueOrDefault(label) - leftOut, 0))];
        if (relevant.All(count => count == 0))
        {
            throw new DataMismatchException(leftOut == 1
                ? $"None of the {asked.Length} rows has another one of its class, so that no ranking can be right: give classes "
                + "of at least two samples."
                : "The gallery has no row of any query's class, so that no ranking can be right: are both labelled alike?");
        }

        int depth = wholeRanking ? (int)rows.Choices : Math.Max(relevant.Max(), cutoffs.Max());
        var sums = new RankingSums(asked, held, relevant, cutoffs, rows.Device);
        foreach (var (first, places) in Rankings(rows, depth, wholeRanking))
        {
            using (places) sums.Add(first, places);
        }

        return sums.Means(wholeRanking);
    }

    private static IEnumerable<(long First, Tensor Places)> Rankings(ComparedRows rows, int depth, bool whole)
    {
        if (!whole)
        {
            foreach (var (first, neighbors) in NearestNeighbors.ByBlocks(rows, depth))
            {
                neighbors.Distances.Dispose();
                yield return (first, neighbors.Indices);
            }

            yield break;
        }

        long step = Math.Max(EmbeddingRows.BlockNumbers / (4 * rows.Count), 1);
        for (long first = 0; first < rows.Queries; first += step) yield return (first, Whole(first));

        Tensor Whole(long first)
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();

            // The row itself, where it is left out, is infinitely far and comes last.
            var (_, order) = rows.Squares(first, Math.Min(first + step, rows.Queries), 0, rows.Count).sort(1, stable: true);
            return order.narrow(1, 0, rows.Choices).MoveToOuterDisposeScope();
        }
    }
}

/// <summary>What the first k ranks hold.</summary>
/// <param name="K">How many ranks.</param>
/// <param name="Recall">The share of queries with at least one relevant row among them, as metric learning counts it (arXiv
/// 1511.06452).</param>
/// <param name="Ndcg">The mean over queries of Σ relevant(i)/log₂(1 + i), as a share of what the best order has.</param>
public sealed record RetrievalAt(int K, double Recall, double Ndcg);
