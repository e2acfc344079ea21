using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Which results that were shown and not chosen are taken for wrong.</summary>
public enum PassedOver
{
    /// <summary>Those above the last choice: whoever chose below has looked at them (Joachims 2002, section 2.2; Joachims et al.
    /// 2005, "click &gt; skip above"). What stands below may not have been looked at.</summary>
    AboveChoice,

    /// <summary>All of a page from which something was chosen.</summary>
    WholePage,
}

/// <summary>A query, a result that was chosen, and one that looks alike and was passed over.</summary>
/// <param name="Query">The query's row.</param>
/// <param name="Chosen">A row of the gallery.</param>
/// <param name="PassedOver">Another one.</param>
/// <param name="Similarity">The cosine of the query and what was passed over, in [−1, 1].</param>
public readonly record struct MinedTriplet(long Query, long Chosen, long PassedOver, double Similarity);

/// <summary>
/// Hard negatives of a query log: results that an embedding takes for near, that were shown, and that people passed over. Random
/// negatives are told apart by anything; these are what the embedding is wrong about.
/// </summary>
public static class HardNegatives
{
    /// <summary>Triplets for training. A result that was chosen for the same query on another page is no negative of it; pages
    /// without a choice say nothing.</summary>
    /// <param name="log">Pages of results.</param>
    /// <param name="queries">The embeddings that queries of the log are rows of, [Q, D].</param>
    /// <param name="gallery">Those of what is shown, [N, D], on the same device.</param>
    /// <param name="perChoice">Of each page and choice the most similar ones that are taken, at least 1.</param>
    /// <param name="passedOver">Which are wrong.</param>
    /// <param name="least">The smallest cosine of a negative, in [−1, 1].</param>
    /// <returns>In the order of the log; of each choice the most similar first, equal ones in the order shown.</returns>
    /// <exception cref="DataMismatchException">The log names a row that is not there; embeddings that do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number outside of its range.</exception>
    public static IReadOnlyList<MinedTriplet> Mine(
        IReadOnlyList<LoggedQuery> log, Tensor queries, Tensor gallery, int perChoice = 1,
        PassedOver passedOver = PassedOver.AboveChoice, double least = -1)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentOutOfRangeException.ThrowIfLessThan(perChoice, 1);
        if (!Enum.IsDefined(passedOver))
            throw new ArgumentOutOfRangeException(nameof(passedOver), passedOver, "There is no such choice of negatives.");
        if (!(least >= -1 && least <= 1)) throw new ArgumentOutOfRangeException(nameof(least), least, "A cosine is in [-1, 1].");
        EmbeddingRows.Require(queries, "queries");
        EmbeddingRows.Require(gallery, "gallery's rows");
        EmbeddingRows.RequireAlike(queries, "queries", gallery, "gallery's rows");
        long asked = queries.size(0), rows = gallery.size(0);
        foreach (var page in log)
        {
            if (page.Query >= asked)
                throw new DataMismatchException($"The log has query {page.Query}, and there are embeddings of {asked}.");
            foreach (long row in page.Shown.Where(row => row < 0 || row >= rows))
                throw new DataMismatchException($"The log shows row {row} for query {page.Query}, and the gallery has {rows}.");
        }

        var chosen = log.GroupBy(page => page.Query).ToDictionary(
            pages => pages.Key, pages => pages.SelectMany(page => page.Chosen).ToHashSet());
        int width = (int)queries.size(1);
        double[] asking, held;
        using (NewDisposeScope())
        {
            asking = EmbeddingRows.ToArray<double>(EmbeddingRows.Normalized(queries, "queries"));
            held = EmbeddingRows.ToArray<double>(EmbeddingRows.Normalized(gallery, "gallery's rows"));
        }

        var mined = new List<MinedTriplet>();
        foreach (var page in log.Where(page => page.Chosen.Count > 0))
        {
            int end = passedOver == PassedOver.WholePage
                ? page.Shown.Count
                : page.Shown.Index().Last(shown => page.Chosen.Contains(shown.Item)).Index;
            var wrong = page.Shown.Take(end).Where(row => !chosen[page.Query].Contains(row))
                .Select(row => (Row: row, Similarity: Cosine(page.Query, row))).Where(one => one.Similarity >= least)
                .OrderByDescending(one => one.Similarity).Take(perChoice).ToList();
            mined.AddRange(page.Chosen.SelectMany(right =>
                wrong.Select(one => new MinedTriplet(page.Query, right, one.Row, one.Similarity))));
        }

        return mined;

        double Cosine(long query, long row)
        {
            double sum = 0;
            for (int i = 0; i < width; i++) sum += asking[(query * width) + i] * held[(row * width) + i];
            return sum;
        }
    }
}
