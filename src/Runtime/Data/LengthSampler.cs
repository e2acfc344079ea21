using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The order in which training reads sequences, as a pure function of (seed, step): those of a batch are of similar lengths, so
/// that less of it is padding. An epoch is a new permutation; pools of neighbouring batches in it are sorted by length and cut
/// into batches anew, and the batches come in random order. Every sequence is there once an epoch.
/// </summary>
public sealed class LengthSampler : IDisposable
{
    private readonly long[] _lengths;
    private readonly int _batchSize;
    private readonly int _pool;
    private readonly bool _dropLast;
    private readonly RandomStream _stream;
    private long[][] _batches = [];
    private long _epoch = -1;
    private bool _isDisposed;

    /// <summary>A sampler of known lengths.</summary>
    /// <param name="lengths">How long each sequence is, at least one.</param>
    /// <param name="batchSize">As of <see cref="Of"/>, and likewise the others.</param>
    /// <param name="pool">Batches that are sorted together.</param>
    /// <param name="dropLast">Whether the sequences that fill no batch are left out.</param>
    /// <param name="seed">The run's seed.</param>
    public LengthSampler(long[] lengths, int batchSize, int pool, bool dropLast, long seed)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pool, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(lengths.Length, 1);
        (_lengths, _pool, _dropLast) = (lengths, pool, dropLast);
        _batchSize = Math.Min(batchSize, lengths.Length);
        BatchesPerEpoch = dropLast ? lengths.Length / _batchSize : (lengths.Length + _batchSize - 1) / _batchSize;
        _stream = new RandomStream(seed, "lengths");
    }

    /// <summary>Number of batches of an epoch, at least 1.</summary>
    public long BatchesPerEpoch { get; }

    /// <summary>A sampler.</summary>
    /// <param name="data">The sequences; their lengths are read once.</param>
    /// <param name="name">What they call the lengths.</param>
    /// <param name="batchSize">Sequences of a batch, at least 1.</param>
    /// <param name="pool">Batches that are sorted together, at least 1; with 1 every batch is drawn from all sequences
    /// alike.</param>
    /// <param name="dropLast">Whether the sequences that fill no batch are left out of an epoch.</param>
    /// <param name="seed">The run's seed.</param>
    /// <typeparam name="TData">A source with lengths.</typeparam>
    /// <returns>The sampler.</returns>
    /// <exception cref="DataMismatchException">The lengths are not [N] int64, one for each sequence.</exception>
    public static LengthSampler Of<TData>(TData data, string name, int batchSize, int pool, bool dropLast, long seed)
        where TData : IDataSource, IFurtherInputs
    {
        using var all = Aten.arange(0, data.Count);
        using var lengths = data.ReadInput(name, all);
        if (lengths.dim() != 1 || lengths.dtype != ScalarType.Int64 || lengths.size(0) != data.Count)
        {
            throw new DataMismatchException(
                $"'{name}' of {data.Count} sequences is [{string.Join(", ", lengths.shape)}] of {lengths.dtype}, but lengths are "
                + $"[{data.Count}] of Int64.");
        }

        using var host = lengths.cpu();
        return new LengthSampler(host.data<long>().ToArray(), batchSize, pool, dropLast, seed);
    }

    /// <summary>The sequences of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <returns>[B] int64 on the CPU, fewer in one batch of an epoch unless it is dropped; the caller disposes it.</returns>
    public Tensor Indices(long step)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        long epoch = step / BatchesPerEpoch;
        if (epoch != _epoch) (_batches, _epoch) = (Batches(_stream.At(epoch)), epoch);
        return tensor(_batches[step % BatchesPerEpoch]);
    }

    /// <summary>Frees the random stream. Indices that were given out stay valid.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _stream.Dispose();
    }

    private long[][] Batches(Generator generator)
    {
        long[] order = Permutation(_lengths.Length, generator);
        if (_dropLast) order = order[..(int)(BatchesPerEpoch * _batchSize)];

        // The sort is stable: sequences of one length stay in random order.
        var batches = order.Chunk(_batchSize * _pool)
            .SelectMany(pool => pool.OrderBy(sequence => _lengths[sequence]).Chunk(_batchSize)).ToArray();
        return [.. Permutation(batches.Length, generator).Select(place => batches[place])];
    }

    private static long[] Permutation(long count, Generator generator)
    {
        using var order = randperm(count, ScalarType.Int64, generator: generator);
        return order.data<long>().ToArray();
    }
}
