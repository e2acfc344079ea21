using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>The order in which images will probably be read: a guess, by which they are decoded early. A wrong one costs time and
/// changes nothing.</summary>
/// <param name="count">Number of images.</param>
/// <param name="sampler">The order of a training; null for that of the images.</param>
/// <param name="start">The position of the sampler at which reading begins.</param>
internal sealed class ReadingOrder(int count, EpochSampler? sampler, long start) : IDisposable
{
    private long _position = start;
    private long[] _batch = [];
    private int _next;

    /// <summary>The image that is read next.</summary>
    public long Next()
    {
        if (sampler is null) return _position++ % count;
        if (_next == _batch.Length) (_batch, _next) = (Batch(_position++), 0);
        return _batch[_next++];
    }

    /// <summary>Goes to where a batch is read, in the epochs around the present one; where it is not read at all, the order goes
    /// on from where it was.</summary>
    public void Seek(ReadOnlySpan<long> batch)
    {
        if (sampler is null)
        {
            _position = batch[0];
            return;
        }

        long epoch = _position / sampler.BatchesPerEpoch;
        long first = Math.Max(0, epoch - 1) * sampler.BatchesPerEpoch, end = (epoch + 2) * sampler.BatchesPerEpoch;
        for (long position = first; position < end; position++)
        {
            long[] found = Batch(position);
            if (!batch.SequenceEqual(found)) continue;
            (_position, _batch, _next) = (position + 1, found, 0);
            return;
        }
    }

    /// <summary>Frees the sampler.</summary>
    public void Dispose() => sampler?.Dispose();

    private long[] Batch(long position)
    {
        using var indices = sampler!.Indices(position);
        return MemoryMarshal.Cast<byte, long>(indices.contiguous().bytes).ToArray();
    }
}
