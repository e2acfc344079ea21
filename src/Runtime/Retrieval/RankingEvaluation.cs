using System.Globalization;

namespace Dsl.Runtime;

/// <summary>
/// How good rankings are of which a judgement says what each result is worth, as a shop's: the same product is worth more than
/// one of the same kind. Each number is the mean over the queries.
/// </summary>
/// <param name="Queries">The queries that the means are over.</param>
/// <param name="WithoutMatch">Queries for which nothing is worth anything. No order is right for them, and they count in no
/// mean.</param>
/// <param name="Cutoffs">What is known at each k, in the order asked for.</param>
public sealed record RankingEvaluation(long Queries, long WithoutMatch, IReadOnlyList<RankingAt> Cutoffs)
{
    /// <summary>Evaluates rankings by judged gains.</summary>
    /// <param name="rankings">For each query what was found, the best first: rows of the gallery, each once. One that is shorter
    /// than a cutoff has nothing behind its end; an empty one found nothing, and counts as that.</param>
    /// <param name="gains">For each query what each of the gallery's rows is worth, [Q, N] not negative; for relevances r some
    /// take 2ʳ − 1 in place of r.</param>
    /// <param name="relevant">The least gain of a result that recall counts, above 0.</param>
    /// <param name="cutoffs">The k of DCG@k, nDCG@k, recall@k and success@k, each at least 1.</param>
    /// <exception cref="DataMismatchException">As many gains as rankings are expected, all of one length; a result that is no
    /// row, or is found twice; no query has anything of worth.</exception>
    /// <exception cref="ArgumentException">No cutoff, or one below 1; a bound of relevance that is not above 0.</exception>
    public static RankingEvaluation Of(
        IReadOnlyList<IReadOnlyList<long>> rankings, IReadOnlyList<double[]> gains, double relevant,
        params IReadOnlyList<int> cutoffs)
    {
        ArgumentNullException.ThrowIfNull(rankings);
        ArgumentNullException.ThrowIfNull(gains);
        ArgumentNullException.ThrowIfNull(cutoffs);
        if (cutoffs.Count == 0 || cutoffs.Any(cutoff => cutoff < 1))
            throw new ArgumentException("Give the k of nDCG@k, each at least 1, as 1, 4, 8.", nameof(cutoffs));
        if (!(relevant > 0))
            throw new ArgumentException($"What counts as relevant is worth more than 0, and not {relevant}.", nameof(relevant));
        if (rankings.Count != gains.Count)
        {
            throw new DataMismatchException(
                $"There are {rankings.Count} rankings, and judgements of {gains.Count} queries: give one of each for a query.");
        }

        var sums = new (double Dcg, double Ndcg, double Recall, double Success, long Relevant)[cutoffs.Count];
        long counted = 0;
        for (int query = 0; query < rankings.Count; query++)
        {
            double[] worth = gains[query];
            double[] found = Found(rankings[query], worth, gains[0].Length, query);

            // What was not found stands behind: nDCG's best order is of everything.
            double[] best = [.. worth.OrderDescending()];
            if (DiscountedGain.Of(best, 1) == 0) continue;
            counted++;
            int all = worth.Count(gain => gain >= relevant);
            for (int i = 0; i < cutoffs.Count; i++)
            {
                int hits = found.Take(cutoffs[i]).Count(gain => gain >= relevant);
                double gain = DiscountedGain.Of(found, cutoffs[i]);
                sums[i].Dcg += gain;
                sums[i].Ndcg += gain / DiscountedGain.Of(best, cutoffs[i]);
                if (all == 0) continue;
                sums[i].Relevant++;
                sums[i].Recall += (double)hits / all;
                sums[i].Success += hits > 0 ? 1 : 0;
            }
        }

        if (counted == 0)
        {
            throw new DataMismatchException(
                "No query has a result that is worth anything: are judgements and gallery in one order?");
        }

        return new RankingEvaluation(counted, rankings.Count - counted, [.. cutoffs.Select((cutoff, i) => new RankingAt(
            cutoff, sums[i].Dcg / counted, sums[i].Ndcg / counted, sums[i].Recall / sums[i].Relevant,
            sums[i].Success / sums[i].Relevant))]);
    }

    /// <summary>All numbers in a line.</summary>
    public override string ToString() => string.Join(", ", Cutoffs.Select(at => string.Create(
        CultureInfo.InvariantCulture,
        $"DCG@{at.K} {at.Dcg:0.####}, nDCG@{at.K} {at.Ndcg:0.####}, recall@{at.K} {at.Recall:0.####}")))
        + string.Create(CultureInfo.InvariantCulture, $" ({Queries} queries)");

    private static double[] Found(IReadOnlyList<long> ranking, double[] worth, int rows, int query)
    {
        if (worth.Length != rows)
        {
            throw new DataMismatchException(
                $"Query {query} has judgements of {worth.Length} rows and query 0 of {rows}: the gallery is the same.");
        }

        var seen = new HashSet<long>();
        foreach (long place in ranking)
        {
            if (place < 0 || place >= rows)
                throw new DataMismatchException($"Query {query} finds row {place}, and the gallery has {rows}.");
            if (!seen.Add(place)) throw new DataMismatchException($"Query {query} finds row {place} twice.");
        }

        return [.. ranking.Select(place => worth[place])];
    }
}

/// <summary>What the first k ranks are worth.</summary>
/// <param name="K">How many ranks.</param>
/// <param name="Dcg">The mean over queries of Σ gain(i)/log₂(1 + i), by <see cref="DiscountedGain"/>.</param>
/// <param name="Ndcg">The mean of each query's sum as a share of what the best order of the whole gallery has.</param>
/// <param name="Recall">The mean share of a query's relevant rows that is among them; NaN where no query has one.</param>
/// <param name="Success">The share of queries with at least one relevant row among them, which metric learning calls recall
/// (arXiv 1511.06452); NaN where no query has one.</param>
public sealed record RankingAt(int K, double Dcg, double Ndcg, double Recall, double Success);
