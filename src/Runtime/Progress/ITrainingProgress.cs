using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Who watches a run. All calls come from the thread that trains.</summary>
public interface ITrainingProgress
{
    /// <summary>A run begins.</summary>
    void Started(TrainingRun run);

    /// <summary>A step is done.</summary>
    /// <param name="step">Steps done so far, from 1.</param>
    /// <param name="loss">Its loss, a scalar that the trainer owns and replaces in the next step. Reading it makes the device
    /// finish its work first: read it now and then, not each time.</param>
    void Stepped(long step, Tensor loss);

    /// <summary>A step of a trainer with <c>[TrainingAccuracy]</c> is done.</summary>
    /// <param name="step">Steps done so far, from 1.</param>
    /// <param name="loss">Its loss, as without accuracy.</param>
    /// <param name="accuracy">The accuracy of the predictions of the present epoch so far. Reading it makes the device finish its
    /// work.</param>
    void Stepped(long step, Tensor loss, EpochAccuracy accuracy) => Stepped(step, loss);

    /// <summary>A step of a trainer with several terms, or with several descents, such as that of a <c>[Gan]</c>, is
    /// done.</summary>
    /// <param name="step">Steps done so far, from 1.</param>
    /// <param name="loss">The loss of the step, as of a trainer with one.</param>
    /// <param name="losses">Each term by its name, without its weight; or the loss of each descent, that of the step first, null
    /// where the step was without it.
    /// They are the trainer's, as <paramref name="loss"/>.</param>
    void Stepped(long step, Tensor loss, IReadOnlyList<(string Name, Tensor? Loss)> losses) => Stepped(step, loss);

    /// <summary>The network was evaluated on validation data during the run.</summary>
    /// <param name="step">Steps done so far.</param>
    /// <param name="evaluation">How well it does.</param>
    void Evaluated(long step, IEvaluation evaluation)
    {
    }

    /// <summary>An epoch is over, or the run ended within it. What is told of the step and its evaluation comes before.</summary>
    /// <param name="epoch">What it gave.</param>
    void EpochEnded(EpochReport epoch)
    {
    }

    /// <summary>A step of a trainer with <c>[OnNonFinite(NonFinite.SkipStep)]</c> was skipped; <c>Stepped</c> follows for
    /// it.</summary>
    /// <param name="step">Steps done so far, this one counted.</param>
    /// <param name="skippedSteps">Steps skipped in the whole run, at least 1.</param>
    void Skipped(long step, long skippedSteps)
    {
    }

    /// <summary>A step of a trainer with <c>[OnNonFinite(NonFinite.RollBack)]</c> led back to a good state; <c>Stepped</c>
    /// follows for it.</summary>
    /// <param name="step">Steps done so far, this one counted.</param>
    /// <param name="rollBacks">Returns in the whole run, at least 1.</param>
    /// <param name="learningRateScale">What the learning rate is multiplied by from here on, in (0, 1].</param>
    void RolledBack(long step, long rollBacks, double learningRateScale)
    {
    }

    /// <summary>Something of the run deserves a look, and does not end it.</summary>
    /// <param name="step">Steps done so far.</param>
    /// <param name="warning">What was noticed, and what to do: a sentence or two.</param>
    void Warned(long step, string warning)
    {
    }

    /// <summary>The run is over.</summary>
    void Finished(TrainingReport report);
}
