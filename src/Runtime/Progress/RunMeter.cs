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

    /// <summary>Each term or descent at the last reading, or the last one that it had; empty where a step has one loss.</summary>
    public IReadOnlyList<(string Name, double Loss)> Losses { get; private set; } = [];

    /// <summary>The last validation's numbers; empty before the first.</summary>
    public IReadOnlyList<(string Name, double Value)> Validation { get; private set; } = [];

    /// <summary>Mean speed of this run at the last reading.</summary>
    public double StepsPerSecond { get; private set; }

    /// <summary>Steps done.</summary>
    public long Step { get; private set; }

    /// <summary>The run that is watched.</summary>
    public TrainingRun Run { get; private set; } = new("", 1, 1);

    /// <summary>Epochs of the whole run.</summary>
    public long TotalEpochs => (Run.TotalSteps + Run.StepsPerEpoch - 1) / Run.StepsPerEpoch;

    /// <summary>The present epoch, from 1.</summary>
    public long Epoch => Math.Max(1, (Step + Run.StepsPerEpoch - 1) / Run.StepsPerEpoch);

    /// <summary>Time since the run began.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Time that the rest takes at the speed so far; null while that is not known.</summary>
    public TimeSpan? Remaining =>
        StepsPerSecond > 0 ? TimeSpan.FromSeconds(Math.Max(0, Run.TotalSteps - Step) / StepsPerSecond) : null;

    /// <summary>Begins.</summary>
    public void Start(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        Run = run;
        _started = _lastReading = time.GetTimestamp();
        _stepsBefore = null;
        Loss = Accuracy = null;
        (Losses, Validation, StepsPerSecond, Step) = ([], [], 0, 0);
    }

    /// <summary>Takes a step; reads its loss when it is time to.</summary>
    /// <returns>Whether there is something new to show.</returns>
    public bool Take(
        long step, Tensor loss, EpochAccuracy? accuracy = null, IReadOnlyList<(string Name, Tensor? Loss)>? losses = null)
    {
        // A resumed run does not start at step 0.
        _stepsBefore ??= step - 1;
        Step = step;
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

    /// <summary>Takes the end of an epoch.</summary>
    public void Take(EpochReport epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        if (epoch.Validation.Count > 0) Validation = epoch.Validation;
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
        if (report.Steps == 0) return;
        Loss = report.FinalLoss;
        Accuracy = report.TrainingAccuracy is [.., var last] ? last : null;
        StepsPerSecond = report.StepsPerSecond;
        if (_stepsBefore is { } before) Step = before + report.Steps;
    }
}
