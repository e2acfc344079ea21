using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a watcher shows of a run: how far it is, how fast, and a loss that is read only now and then.</summary>
/// <param name="interval">Least time between two readings.</param>
/// <param name="time">The clock.</param>
internal sealed class RunMeter(TimeSpan interval, TimeProvider time)
{
    private long _started;
    private long _lastReading;
    private long _firstStep;

    /// <summary>Steps done, those before a resumption included.</summary>
    public long Step { get; private set; }

    /// <summary>The loss at the last reading; null before the first.</summary>
    public double? Loss { get; private set; }

    /// <summary>Mean speed of this run at the last reading.</summary>
    public double StepsPerSecond { get; private set; }

    /// <summary>Time since the run started.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Begins.</summary>
    /// <param name="firstStep">Steps done before.</param>
    public void Start(long firstStep)
    {
        _started = _lastReading = time.GetTimestamp();
        _firstStep = Step = firstStep;
        Loss = null;
        StepsPerSecond = 0;
    }

    /// <summary>Takes a step; reads its loss when it is time to.</summary>
    /// <returns>Whether there is something new to show.</returns>
    public bool Take(long step, Tensor loss)
    {
        if (time.GetElapsedTime(_lastReading) < interval)
        {
            return false;
        }

        Step = step;
        Loss = loss.ToDouble();
        _lastReading = time.GetTimestamp();
        StepsPerSecond = (step - _firstStep) / Elapsed.TotalSeconds;
        return true;
    }

    /// <summary>Takes the end of the run.</summary>
    public void Finish(TrainingReport report)
    {
        Step = _firstStep + report.Steps;
        Loss = report.FinalLoss;
        StepsPerSecond = report.StepsPerSecond;
    }
}
