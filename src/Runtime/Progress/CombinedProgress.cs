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
    public void Stepped(long step, Tensor loss, IReadOnlyList<(string Name, Tensor? Loss)> losses)
    {
        foreach (var watcher in watchers)
        {
            watcher.Stepped(step, loss, losses);
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
    public void EpochEnded(EpochReport epoch)
    {
        foreach (var watcher in watchers)
        {
            watcher.EpochEnded(epoch);
        }
    }

    /// <inheritdoc/>
    public void Skipped(long step, long skippedSteps)
    {
        foreach (var watcher in watchers)
        {
            watcher.Skipped(step, skippedSteps);
        }
    }

    /// <inheritdoc/>
    public void RolledBack(long step, long rollBacks, double learningRateScale)
    {
        foreach (var watcher in watchers)
        {
            watcher.RolledBack(step, rollBacks, learningRateScale);
        }
    }

    /// <inheritdoc/>
    public void Warned(long step, string warning)
    {
        foreach (var watcher in watchers)
        {
            watcher.Warned(step, warning);
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
