using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The order in which training reads samples by class, as a pure function of (seed, step): each batch has some classes, drawn
/// without repetition, and as many samples of each, which stand together.
/// </summary>
public sealed class ClassSampler : IDisposable
{
    private readonly long[][] _members;
    private readonly int _classes;
    private readonly int _samples;
    private readonly RandomStream _stream;
    private bool _isDisposed;

    /// <summary>A sampler.</summary>
    /// <param name="data">Samples with a class each; labels are read once. One of -100 has no class, and a class of one sample is
    /// left out.</param>
    /// <param name="batchSize">Samples of a batch, a multiple of <paramref name="samplesPerClass"/> and twice of it at
    /// least.</param>
    /// <param name="samplesPerClass">Samples of each class; of a class that has fewer, some come more than once.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="DataMismatchException">Labels of another kind, or fewer classes with two samples than a batch
    /// has.</exception>
    public ClassSampler(ILabeledDataSource data, int batchSize, int samplesPerClass, long seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(samplesPerClass, 1);
        if (batchSize % samplesPerClass != 0 || batchSize < 2 * samplesPerClass)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batchSize),
                $"A batch of {batchSize} samples has no two classes or more with {samplesPerClass} samples each: let "
                + $"BatchSize be a multiple of SamplesPerClass.");
        }

        (_classes, _samples) = (batchSize / samplesPerClass, samplesPerClass);
        _members = [.. ClassMembers.Of(data, "SamplesPerClass").Where(members => members.Length > 1)];
        if (_members.Length < _classes)
        {
            throw new DataMismatchException(
                $"A batch of {batchSize} samples has {_classes} classes with {samplesPerClass} samples each, but only "
                + $"{_members.Length} classes of the data have two samples or more: "
                + "take a smaller BatchSize, or a larger SamplesPerClass.");
        }

        BatchesPerEpoch = Math.Max(1, data.Count / batchSize);
        _stream = new RandomStream(seed, "classes");
    }

    /// <summary>Number of batches of an epoch, at least 1.</summary>
    public long BatchesPerEpoch { get; }

    /// <summary>The samples of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <returns>[BatchSize] int64 on the CPU; the caller disposes it.</returns>
    public Tensor Indices(long step)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var generator = _stream.At(step);
        var batch = new long[_classes * _samples];
        long[] classes = Draw(_members.Length, generator);
        for (int i = 0; i < _classes; i++)
        {
            long[] members = _members[classes[i]], order = Draw(members.Length, generator);
            for (int j = 0; j < _samples; j++) batch[(i * _samples) + j] = members[order[j % members.Length]];
        }

        return tensor(batch);
    }

    /// <summary>Frees the random stream. Indices that were given out stay valid.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _stream.Dispose();
    }

    private static long[] Draw(long count, Generator generator)
    {
        using var order = randperm(count, ScalarType.Int64, generator: generator);
        return order.data<long>().ToArray();
    }
}
