using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The order of samples as a function of seed and step: each epoch a new permutation, each sample once in it.</summary>
public sealed class EpochSampler : IDisposable
{
    private readonly long _count;
    private readonly long _batchSize;
    private readonly RandomStream _stream;
    private Tensor? _order;
    private long _epoch = -1;

    /// <summary>A sampler.</summary>
    /// <param name="count">Number of samples, at least 1.</param>
    /// <param name="batchSize">Samples in a batch; all of them, when there are fewer.</param>
    /// <param name="dropLast">Whether to leave out the last batch of an epoch when it is smaller.</param>
    /// <param name="seed">The trainer's seed.</param>
    /// <param name="purpose">Name of the stream; two samplers of one trainer have different ones.</param>
    public EpochSampler(long count, int batchSize, bool dropLast, long seed, string purpose = "shuffling")
    {
        if (count < 1) throw new ArgumentException("There is no sample to read: the data source is empty.", nameof(count));
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _count = count;
        _batchSize = Math.Min(batchSize, count);
        BatchesPerEpoch = dropLast ? count / _batchSize : (count + _batchSize - 1) / _batchSize;
        _stream = new RandomStream(seed, purpose);
    }

    /// <summary>Number of batches in one pass over the samples.</summary>
    public long BatchesPerEpoch { get; }

    /// <summary>The samples of a step's batch, counted from 0.</summary>
    /// <returns>Positions [B], int64, on the CPU; the caller frees it.</returns>
    public Tensor Indices(long step)
    {
        long epoch = step / BatchesPerEpoch, start = step % BatchesPerEpoch * _batchSize;
        if (epoch != _epoch || _order is null)
        {
            _order?.Dispose();
            _order = randperm(_count, ScalarType.Int64, CPU, generator: _stream.At(epoch)).DetachFromDisposeScope();
            _epoch = epoch;
        }

        return _order.narrow(0, start, Math.Min(_batchSize, _count - start));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _order?.Dispose();
        _stream.Dispose();
    }
}
