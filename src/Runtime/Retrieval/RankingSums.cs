using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Sums over rankings, block after block, of what <see cref="RetrievalMetrics"/> are the means of.</summary>
/// <param name="asked">The class of each query.</param>
/// <param name="held">The class of each row of the gallery.</param>
/// <param name="relevant">R: how many rows are of each query's class.</param>
/// <param name="cutoffs">The ranks at which numbers are wanted.</param>
/// <param name="device">Where the rankings are.</param>
internal sealed class RankingSums(
    long[] asked, long[] held, int[] relevant, IReadOnlyList<int> cutoffs, Device device)
{
    private readonly double[] _recall = new double[cutoffs.Count], _gain = new double[cutoffs.Count];
    private double _precision, _precisionAtR;

    /// <summary>Adds the rankings of some queries.</summary>
    /// <param name="first">The first query.</param>
    /// <param name="places">Rows of the gallery, the nearest first, [n, depth] int64.</param>
    public void Add(long first, Tensor places)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        int start = (int)first, count = (int)places.size(0);
        long depth = places.size(1);
        var classes = tensor(held, device: device).index_select(0, places.flatten()).reshape(places.shape);
        var totals = tensor(relevant[start..(start + count)], ScalarType.Float64, device);
        var hits = classes.eq(tensor(asked[start..(start + count)], device: device).unsqueeze(1)).to_type(ScalarType.Float64);
        var ranks = Aten.add(Aten.arange(depth, ScalarType.Float64, device), 1.0);

        // A query without a relevant row has no hit, and adds 0 to all sums.
        var divisors = Aten.clamp_min(totals, 1.0);
        var precisions = hits.cumsum(1).mul(hits).div(ranks);
        var withinR = ranks.le(totals.unsqueeze(1)).to_type(ScalarType.Float64);
        _precision += Aten.item(precisions.sum(1).div(divisors).sum());
        _precisionAtR += Aten.item(precisions.mul(withinR).sum(1).div(divisors).sum());
        var discounts = Aten.add(ranks, 1.0).log2().reciprocal();
        var best = discounts.cumsum(0);
        for (int i = 0; i < cutoffs.Count; i++)
        {
            var among = hits.narrow(1, 0, cutoffs[i]);
            _recall[i] += Aten.item(among.amax(1).sum());
            var last = Aten.sub(Aten.clamp(totals, 1.0, cutoffs[i]), 1.0).to_type(ScalarType.Int64);
            var ideal = best.index_select(0, last);
            _gain[i] += Aten.item(among.mul(discounts.narrow(0, 0, cutoffs[i])).sum(1).div(ideal).sum());
        }
    }

    /// <summary>The means.</summary>
    /// <param name="whole">Whether the rankings were whole.</param>
    public RetrievalMetrics Means(bool whole)
    {
        long counted = relevant.LongCount(count => count > 0);
        return new RetrievalMetrics(
            counted, relevant.Length - counted, _precisionAtR / counted, whole ? _precision / counted : null,
            [.. cutoffs.Select((cutoff, i) => new RetrievalAt(cutoff, _recall[i] / counted, _gain[i] / counted))]);
    }
}
