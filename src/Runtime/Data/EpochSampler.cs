using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The order in which training reads samples, as a pure function of (seed, step): every epoch is a new permutation, cut into
/// batches. A resumed run reads on where it stopped, with nothing to save.
/// </summary>
public sealed class EpochSampler : IDisposable
{
    private readonly long _count;
    private readonly int _batchSize;
    private readonly int _lastSize;
    private readonly RandomStream _stream;
    private Tensor? _order;
    private long _epoch = -1;
    private bool _isDisposed;

    /// <summary>A sampler.</summary>
    /// <param name="count">Number of samples, at least 1.</param>
    /// <param name="batchSize">Samples of a batch B, at least 1. When there are fewer samples, a batch is all of them.</param>
    /// <param name="dropLast">Whether the samples that fill no batch are left out of an epoch.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">Sets streams apart that read in different orders.</param>
    public EpochSampler(long count, int batchSize, bool dropLast, long seed, string purpose = "shuffling")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        RequireOrder(count, purpose);
        _count = count;
        _batchSize = (int)Math.Min(batchSize, count);
        _lastSize = dropLast || count % _batchSize == 0 ? _batchSize : (int)(count % _batchSize);
        BatchesPerEpoch = dropLast ? count / _batchSize : (count + _batchSize - 1) / _batchSize;
        _stream = new RandomStream(seed, purpose);
    }

    /// <summary>Number of batches of an epoch, at least 1.</summary>
    public long BatchesPerEpoch { get; }

    /// <summary>Who shares each batch: <see cref="Indices"/> are those of this rank's part.</summary>
    public RankGroup Ranks { get; init; } = RankGroup.Alone;

    /// <summary>Refuses epochs that end with a batch of a single sample, before the first step of a run.</summary>
    /// <param name="who">What has nothing to go by in a batch of one, in words: <c>'Net' normalises over the batch</c>.</param>
    /// <param name="ranks">Who shares each batch; null for this process alone.</param>
    /// <exception cref="DataMismatchException">The last batch of an epoch, or a rank's part of it, is one sample.</exception>
    public void RequireCompany(string who, RankGroup? ranks = null)
    {
        int count = ranks?.Count ?? 1;
        if (_lastSize / count > 1) return;
        if (count > 1)
        {
            throw new DataMismatchException(
                $"{who}, which takes two samples or more, and the smallest batch of an epoch, {_lastSize} samples, is shared "
                + $"among {count} ranks: take larger batches with DropLast = true, or start fewer ranks.");
        }

        throw new DataMismatchException(_batchSize == 1
            ? $"{who}, which takes two samples or more, and batches have one: take larger batches."
            : $"{who}, which takes two samples or more, and of {_count} samples batches of {_batchSize} leave one over: write "
                + $"[BatchSize({_batchSize}, DropLast = true)], or take another size.");
    }

    /// <summary>Refuses epochs with a batch that leaves a rank without a sample, before the first step of a run.</summary>
    /// <param name="ranks">Who shares each batch.</param>
    /// <exception cref="DataMismatchException">A batch has fewer samples than there are ranks.</exception>
    public void RequireParts(RankGroup ranks)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        ranks.RequireSamples(_lastSize);
    }

    /// <summary>The samples of a step.</summary>
    /// <param name="step">The step, from 0; step / <see cref="BatchesPerEpoch"/> is its epoch.</param>
    /// <returns>[B] int64 on the CPU, or the rank's part of them; fewer in the last batch of an epoch unless it is dropped. The
    /// caller disposes it.</returns>
    public Tensor Indices(long step)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var first = step % BatchesPerEpoch * _batchSize;
        return Ranks.PartOf(OrderOf(step / BatchesPerEpoch).narrow(0, first, Math.Min(_batchSize, _count - first)));
    }

    /// <summary>Frees the order of the present epoch. Indices that were given out stay valid.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _order?.Dispose();
        _stream.Dispose();
    }

    // A source may tell any number. libtorch would ask the system for the memory, which may end the process where it is used.
    private static void RequireOrder(long count, string purpose)
    {
        if (count < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), $"The data have {count} samples, of which there is no batch for '{purpose}': give one or more.");
        }

        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (count > memory / sizeof(long))
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), $"The data tell {count} samples, but the order of an epoch takes {sizeof(long)} bytes for each, "
                + $"and this process has {memory}: let Count be fewer, such as the samples of a part that is read at a time.");
        }
    }

    private Tensor OrderOf(long epoch)
    {
        if (_order is null || epoch != _epoch)
        {
            _order?.Dispose();
            _order = randperm(_count, ScalarType.Int64, generator: _stream.At(epoch)).DetachFromDisposeScope();
            _epoch = epoch;
        }

        return _order;
    }
}
