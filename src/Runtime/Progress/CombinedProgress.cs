using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Several watchers of one run, as a bar on the console and a log.</summary>
/// <param name="watchers">Told in this order.</param>
public sealed class CombinedProgress(params ITrainingProgress[] watchers) : ITrainingProgress
{
    /// <inheritdoc/>
    public void Started(TrainingRun run)
    {
        foreach (var watcher in watchers)
        {
            watcher.Started(run);
        }
    }

    /// <inheritdoc/>
    public void Stepped(long step, Tensor loss)
    {
        foreach (var watcher in watchers)
        {
            watcher.Stepped(step, loss);
        }
    }

    /// <inheritdoc/>
    public void Stepped(long step, Tensor loss, EpochAccuracy accuracy)
    {
        foreach (var watcher in watchers)
        {
            watcher.Stepped(step, loss, accuracy);
        }
    }

    /// <inheritdoc/>
    public void Evaluated(long step, IEvaluation evaluation)
    {
        foreach (var watcher in watchers)
        {
            watcher.Evaluated(step, evaluation);
        }
    }

    /// <inheritdoc/>
    public void Finished(TrainingReport report)
    {
        foreach (var watcher in watchers)
        {
            watcher.Finished(report);
        }
    }
}
