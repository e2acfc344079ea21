using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a watcher shows of a run: how far it is, how fast, and a loss that is read only now and then.</summary>
/// <param name="interval">Least time between two readings.</param>
/// <param name="time">The clock.</param>
internal sealed class RunMeter(TimeSpan interval, TimeProvider time)
{
    private long _started;
    private long _lastReading;
    private long? _stepsBefore;

    /// <summary>The loss at the last reading; null before the first.</summary>
    public double? Loss { get; private set; }

    /// <summary>The accuracy of the epoch at the last reading; null before the first, and where the trainer reports
    /// none.</summary>
    public double? Accuracy { get; private set; }

    /// <summary>The loss of each descent at the last reading, or the last one that it had; empty where a step has one.</summary>
    public IReadOnlyList<(string Name, double Loss)> Losses { get; private set; } = [];

    /// <summary>Mean speed of this run at the last reading.</summary>
    public double StepsPerSecond { get; private set; }

    /// <summary>Begins.</summary>
    public void Start()
    {
        _started = _lastReading = time.GetTimestamp();
        _stepsBefore = null;
        Loss = Accuracy = null;
        Losses = [];
        StepsPerSecond = 0;
    }

    /// <summary>Takes a step; reads its loss when it is time to.</summary>
    /// <returns>Whether there is something new to show.</returns>
    public bool Take(
        long step, Tensor loss, EpochAccuracy? accuracy = null, IReadOnlyList<(string Name, Tensor? Loss)>? losses = null)
    {
        // A resumed run does not start at step 0.
        _stepsBefore ??= step - 1;
        if (time.GetElapsedTime(_lastReading) < interval)
        {
            return false;
        }

        Loss = Aten.item(loss);
        Accuracy = accuracy?.Present;
        if (losses is not null) Losses = [.. losses.Select(Read).OfType<(string, double)>()];
        _lastReading = time.GetTimestamp();
        StepsPerSecond = (step - _stepsBefore.Value) / time.GetElapsedTime(_started).TotalSeconds;
        return true;
    }

    /// <summary>A descent's loss: that of before where this step was without it, null where none was with it.</summary>
    private (string Name, double Loss)? Read((string Name, Tensor? Loss) read)
    {
        if (read.Loss is not null) return (read.Name, Aten.item(read.Loss));
        foreach (var known in Losses)
        {
            if (known.Name == read.Name) return known;
        }

        return null;
    }

    /// <summary>Takes the end of the run.</summary>
    public void Finish(TrainingReport report)
    {
        Loss = report.FinalLoss;
        Accuracy = report.TrainingAccuracy is [.., var last] ? last : null;
        StepsPerSecond = report.StepsPerSecond;
    }
}
