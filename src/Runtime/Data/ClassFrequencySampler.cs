using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The order in which training reads samples where classes come by a power of their sizes, p_j ∝ n_j^q, as a pure function of
/// (seed, step) and of how far the run is: each sample's class is drawn first, then the sample, with repetition.
/// </summary>
public sealed class ClassFrequencySampler : IDisposable
{
    private readonly long[][] _members;
    private readonly double[] _byInstance;
    private readonly double[] _byPower;
    private readonly int _batchSize;
    private readonly Func<double>? _progress;
    private readonly RandomStream _stream;
    private bool _isDisposed;

    /// <summary>A sampler.</summary>
    /// <param name="data">Samples with a class each; labels are read once. One of -100 has no class, and never comes.</param>
    /// <param name="batchSize">Samples of a batch B, at least 1.</param>
    /// <param name="exponent">q, in [0, 1].</param>
    /// <param name="dropLast">Whether an epoch has no batch for the samples that fill none.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="progress">How far the run is, in [0, 1]: from instance-balanced to q; null for q throughout.</param>
    /// <exception cref="DataMismatchException">Labels of another kind, or no sample with a class.</exception>
    public ClassFrequencySampler(
        ILabeledDataSource data, int batchSize, double exponent, bool dropLast, long seed, Func<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Hyperparameter.Check(exponent, "[0, 1]", nameof(exponent));
        _members = ClassMembers.Of(data, "ClassSampling");
        if (_members.Length == 0)
            throw new DataMismatchException("[ClassSampling] draws samples by their classes, but every label is -100.");
        (_batchSize, _progress) = (batchSize, progress);
        (_byInstance, _byPower) = (Shares(1), Shares(exponent));
        BatchesPerEpoch = Math.Max(1, dropLast ? data.Count / batchSize : (data.Count + batchSize - 1) / batchSize);
        _stream = new RandomStream(seed, "class frequencies");
    }

    /// <summary>Number of batches of an epoch, at least 1.</summary>
    public long BatchesPerEpoch { get; }

    /// <summary>The probability of each class that has samples, in the order of the classes, as the run is now.</summary>
    public IReadOnlyList<double> Probabilities
    {
        get
        {
            if (_progress is null) return _byPower;
            double progress = Math.Clamp(_progress(), 0, 1);
            return [.. _byInstance.Zip(_byPower, (instance, power) => ((1 - progress) * instance) + (progress * power))];
        }
    }

    /// <summary>The samples of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <returns>[B] int64 on the CPU; the caller disposes it.</returns>
    public Tensor Indices(long step)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        double[] ends = [.. Probabilities];
        for (int i = 1; i < ends.Length; i++) ends[i] += ends[i - 1];
        using var numbers = rand([2, _batchSize], ScalarType.Float64, generator: _stream.At(step));
        double[] drawn = numbers.data<double>().ToArray();
        var batch = new long[_batchSize];
        for (int i = 0; i < batch.Length; i++)
        {
            // Sums of rounded shares may end a little below 1.
            int place = Array.BinarySearch(ends, drawn[i] * ends[^1]);
            long[] members = _members[Math.Min(place < 0 ? ~place : place + 1, ends.Length - 1)];
            batch[i] = members[(long)(drawn[_batchSize + i] * members.Length)];
        }

        return tensor(batch);
    }

    /// <summary>Frees the random stream. Indices that were given out stay valid.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _stream.Dispose();
    }

    private double[] Shares(double exponent)
    {
        double[] powers = [.. _members.Select(members => Math.Pow(members.Length, exponent))];
        double sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }
}
