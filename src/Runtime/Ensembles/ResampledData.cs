using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Samples of other data in an order of their own, also more than once; nothing is copied.</summary>
public sealed class ResampledData : ILabeledDataSource
{
    private readonly ILabeledDataSource _data;
    private readonly long[] _places;

    /// <summary>Some samples.</summary>
    /// <param name="data">All samples; they stay the caller's.</param>
    /// <param name="places">Which, each in [0, Count), at least one.</param>
    public ResampledData(ILabeledDataSource data, IReadOnlyList<long> places)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(places);
        if (places.Count == 0) throw new ArgumentException("There is no sample.", nameof(places));
        if (places.FirstOrDefault(place => place < 0 || place >= data.Count, -1) is var wrong and not -1)
            throw new ArgumentException($"There is no sample {wrong} among {data.Count}.", nameof(places));
        (_data, _places) = (data, [.. places]);
    }

    /// <summary>Which samples of the data they are, in order.</summary>
    public IReadOnlyList<long> Places => _places;

    /// <inheritdoc/>
    public long Count => _places.Length;

    /// <summary>As many samples as there are, drawn with repetition.</summary>
    /// <param name="data">All samples.</param>
    /// <param name="seed">Equal seeds give equal draws.</param>
    /// <param name="weights">How often each is drawn, in proportion; null for all alike.</param>
    public static ResampledData Bootstrap(ILabeledDataSource data, long seed, IReadOnlyList<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        long count = data.Count;
        if (weights is not null && (weights.Count != count || weights.Any(weight => !(weight >= 0)) || !(weights.Sum() > 0)))
            throw new ArgumentException($"Give {count} weights of at least 0, and one of them above.", nameof(weights));
        var random = new HostRandom(StreamSeed.Of(seed, "bootstrap", 0));
        double[]? sums = weights is null ? null : Sums(weights);
        var places = new long[count];
        for (int i = 0; i < count; i++)
        {
            double drawn = random.Uniform();
            places[i] = sums is null ? Math.Min((long)(drawn * count), count - 1) : Place(sums, drawn * sums[^1]);
        }

        return new ResampledData(data, places);
    }

    /// <inheritdoc/>
    public Tensor ReadInputs(Tensor indices) => Read(indices, _data.ReadInputs);

    /// <inheritdoc/>
    public Tensor ReadLabels(Tensor indices) => Read(indices, _data.ReadLabels);

    private static double[] Sums(IReadOnlyList<double> weights)
    {
        var sums = new double[weights.Count];
        double sum = 0;
        for (int i = 0; i < sums.Length; i++) sums[i] = sum += weights[i];
        return sums;
    }

    // The first whose sum is above: one of weight 0 is never that.
    private static long Place(double[] sums, double drawn)
    {
        int found = Array.BinarySearch(sums, drawn);
        found = found < 0 ? ~found : found + 1;
        while (found < sums.Length && sums[found] <= drawn) found++;
        return Math.Min(found, Array.FindLastIndex(sums, sum => sum < sums[^1]) + 1);
    }

    private Tensor Read(Tensor indices, Func<Tensor, Tensor> read)
    {
        ArgumentNullException.ThrowIfNull(indices);
        using var host = indices.cpu();
        long[] places = EmbeddingRows.ToArray<long>(host);
        for (int i = 0; i < places.Length; i++) places[i] = _places[places[i]];
        using var drawn = TensorMemory.Filled<long>(places, ScalarType.Int64, places.Length);
        return read(drawn);
    }
}
