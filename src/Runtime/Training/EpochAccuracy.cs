using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The accuracy of a run's predictions, a mean over the samples of each epoch. It is summed on the device, and nothing waits until somebody reads.</summary>
/// <param name="device">Where the accuracies come from.</param>
public sealed class EpochAccuracy(Device device) : IDisposable
{
    private readonly List<(Tensor Sum, long Samples)> _epochs = [];
    private long _epoch = -1;

    /// <summary>The mean over the present epoch so far, in [0, 1]; NaN before the first step. Reading it makes the device finish its work.</summary>
    public double Present => _epochs.Count == 0 ? double.NaN : Read(_epochs[^1]);

    /// <summary>Takes a step.</summary>
    /// <param name="accuracy">Its accuracy, without dimensions; it stays the caller's.</param>
    /// <param name="samples">Its samples, at least 1.</param>
    /// <param name="epoch">The epoch it belongs to, counted from 0.</param>
    public void Add(Tensor accuracy, long samples, long epoch)
    {
        ArgumentNullException.ThrowIfNull(accuracy);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        using var noGrad = no_grad();
        if (epoch != _epoch) _epochs.Add((zeros(Array.Empty<long>(), accuracy.dtype, device).DetachFromDisposeScope(), 0));
        _epoch = epoch;
        var (sum, before) = _epochs[^1];
        sum.add_(accuracy, samples);
        _epochs[^1] = (sum, before + samples);
    }

    /// <summary>The mean of each epoch, the last one's as far as it went.</summary>
    public double[] ToArray() => [.. _epochs.Select(Read)];

    /// <summary>Frees the sums.</summary>
    public void Dispose()
    {
        foreach (var (sum, _) in _epochs) sum.Dispose();
    }

    private static double Read((Tensor Sum, long Samples) epoch) => epoch.Sum.ToDouble() / epoch.Samples;
}
