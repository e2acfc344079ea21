using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The accuracy of a run's predictions, a mean over the labels of each epoch. It is summed on the device, and nothing waits until
/// an epoch ends or somebody reads.
/// </summary>
/// <param name="device">Where the accuracies come from.</param>
public sealed class EpochAccuracy(Device device) : IDisposable
{
    private readonly List<double> _ended = [];
    private readonly Tensor _right = zeros([], ScalarType.Float64, device).DetachFromDisposeScope();
    private readonly Tensor _labels = zeros([], ScalarType.Float64, device).DetachFromDisposeScope();
    private long? _epoch;

    /// <summary>
    /// The mean over the present epoch so far, in [0, 1]; NaN before the first label. Reading it waits for the device.
    /// </summary>
    public double Present => Aten.item(_right) / Aten.item(_labels);

    /// <summary>The processes whose labels a mean is over.</summary>
    internal RankGroup Ranks { get; init; } = RankGroup.Alone;

    /// <summary>Takes a step.</summary>
    /// <param name="accuracy">The mean over its labels, without dimensions; NaN where it has none.</param>
    /// <param name="labels">Its labels, of which those of -100 do not count.</param>
    /// <param name="epoch">The epoch it belongs to, counted from 0.</param>
    public void Add(Tensor accuracy, Tensor labels, long epoch) => Add(accuracy, [labels], epoch);

    /// <summary>Takes a step on several batches.</summary>
    /// <param name="accuracy">The mean over all their labels, without dimensions; NaN where they have none.</param>
    /// <param name="labels">The labels of each batch, of which those of -100 do not count.</param>
    /// <param name="epoch">The epoch it belongs to, counted from 0.</param>
    public void Add(Tensor accuracy, IReadOnlyList<Tensor> labels, long epoch)
    {
        ArgumentNullException.ThrowIfNull(accuracy);
        ArgumentNullException.ThrowIfNull(labels);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (epoch != _epoch) Begin(epoch);
        var count = zeros_like(_labels);
        foreach (var part in labels) Aten.add_(count, ClassLabels.Count(part, _labels));
        Ranks.Sum(count);
        Aten.add_(_labels, count);
        Aten.add_(_right, Aten.masked_fill(accuracy * count, Aten.eq(count, 0), 0));
    }

    /// <summary>The mean of each epoch, the last one's as far as it went; NaN for one without labels.</summary>
    public double[] ToArray() => _epoch is null ? [] : [.. _ended, Present];

    /// <summary>Frees the sums.</summary>
    public void Dispose()
    {
        _right.Dispose();
        _labels.Dispose();
    }

    // An epoch that is over is a number: tensors that are kept for each would add up in a long run.
    private void Begin(long epoch)
    {
        if (_epoch is not null) _ended.Add(Present);
        _epoch = epoch;
        _right.zero_();
        _labels.zero_();
    }
}
