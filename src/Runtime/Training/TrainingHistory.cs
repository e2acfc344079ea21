using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The epochs of a run, over calls of <c>Fit</c> and over resumptions.</summary>
internal sealed class TrainingHistory : IDisposable
{
    private readonly List<EpochReport> _epochs = [];

    /// <summary>The losses of the last epoch, which goes on where a run ends within it and is made longer.</summary>
    public LossMeans Means { get; } = new();

    /// <summary>The last epoch that has steps, from 1; 0 before the first.</summary>
    public long Epoch { get; private set; }

    /// <summary>The epoch whose validation was best; 0 without one.</summary>
    public long BestEpoch { get; set; }

    /// <summary>Time of the last epoch since this process knows of it.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>Epochs that ended, in order.</summary>
    public IReadOnlyList<EpochReport> Epochs => _epochs;

    /// <summary>Takes a step.</summary>
    /// <param name="epoch">Its epoch, from 1.</param>
    /// <param name="total">What is minimised.</param>
    /// <param name="losses">What else is told.</param>
    public void Add(long epoch, Tensor total, ReadOnlySpan<(string Name, Tensor? Loss)> losses)
    {
        if (epoch != Epoch)
        {
            Means.Begin();
            Duration = TimeSpan.Zero;
            Epoch = epoch;
        }

        Means.Add(total, losses);
    }

    /// <summary>Ends the last epoch; where it was ended before and went on, its report is replaced.</summary>
    public EpochReport End(double learningRate, IReadOnlyList<(string Name, double Value)> validation, double? accuracy)
    {
        var (loss, losses) = Means.Means();
        var report = new EpochReport(Epoch, Means.Steps, loss)
        {
            Losses = losses,
            LearningRate = learningRate,
            Duration = Duration,
            Validation = validation,
            Accuracy = accuracy,
        };
        if (_epochs is [.., var last] && last.Epoch >= Epoch) _epochs.RemoveAll(ended => ended.Epoch >= Epoch);
        _epochs.Add(report);
        return report;
    }

    /// <summary>Begins anew.</summary>
    public void Restart() => Restore([], 0, 0, 0, []);

    /// <summary>Goes on from what was saved.</summary>
    public void Restore(
        IEnumerable<EpochReport> epochs, long epoch, long best, long steps,
            IReadOnlyList<(string Name, double Sum, long Count)> sums)
    {
        _epochs.Clear();
        _epochs.AddRange(epochs);
        (Epoch, BestEpoch, Duration) = (epoch, best, TimeSpan.Zero);
        Means.Restore(steps, sums);
    }

    /// <inheritdoc/>
    public void Dispose() => Means.Dispose();
}
