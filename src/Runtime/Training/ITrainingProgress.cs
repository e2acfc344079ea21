using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Watches a training run.</summary>
public interface ITrainingProgress
{
    /// <summary>Called before the first step.</summary>
    void Started(TrainingRun run);

    /// <summary>Called after each step.</summary>
    /// <param name="step">Updates made so far.</param>
    /// <param name="loss">The total loss, without dimensions. Reading it waits for the device, so a watcher reads it seldom.</param>
    void Stepped(long step, Tensor loss);

    /// <summary>Called after the last step.</summary>
    void Finished(TrainingReport report);
}
