using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The order in which training reads parallel streams: the first part of each, then the second of each, and so on; an
/// epoch ends with the streams. It is the same in every epoch.</summary>
/// <param name="count">Samples, a multiple of the streams.</param>
/// <param name="streams">B, at least 1.</param>
public sealed class StreamSampler(long count, int streams) : IDisposable
{
    /// <summary>Number of batches of an epoch: the parts of a stream.</summary>
    public long BatchesPerEpoch { get; } = count / streams;

    /// <summary>A sampler.</summary>
    /// <param name="data">Parallel streams.</param>
    /// <param name="batchSize">Samples of a batch: as many as there are streams.</param>
    /// <exception cref="DataMismatchException">They are no streams, or others.</exception>
    public static StreamSampler Of(IDataSource data, int batchSize)
    {
        int streams = StreamsOf(data);
        if (streams == batchSize) return new StreamSampler(data.Count, streams);
        throw new DataMismatchException(
            $"The data are {streams} streams, but a batch has {batchSize} samples: a batch is a part of each stream, so make the "
            + "two equal.");
    }

    /// <summary>How many streams there are.</summary>
    /// <param name="data">Parallel streams.</param>
    /// <exception cref="DataMismatchException">They are no streams, or of different lengths.</exception>
    public static int StreamsOf(IDataSource data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data is not IParallelStreams streams)
        {
            throw new DataMismatchException(
                $"States are carried from a sample to the one that follows on it, which {data.GetType().Name} does not tell: "
                + "give TokenStreams, or a source of your own that implements IParallelStreams.");
        }

        if (streams.Streams >= 1 && data.Count >= streams.Streams && data.Count % streams.Streams == 0) return streams.Streams;
        throw new DataMismatchException(
            $"The data tell {data.Count} samples in {streams.Streams} streams, but each stream has as many as the others.");
    }

    /// <summary>The samples of a step: the next part of each stream.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <returns>[B] int64 on the CPU; the caller disposes it.</returns>
    public Tensor Indices(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        long first = step % BatchesPerEpoch * streams;
        return Aten.arange(first, first + streams);
    }

    /// <summary>Nothing: the order is a number.</summary>
    public void Dispose()
    {
    }
}
