namespace Dsl.Runtime;

/// <summary>What a run did.</summary>
/// <param name="Name">The trainer.</param>
/// <param name="Steps">Steps of this run, those before a resumption not counted.</param>
/// <param name="Duration">Time that they took, reading the data included.</param>
/// <param name="FinalLoss">The last step's loss; NaN when there was no step.</param>
public sealed record TrainingReport(string Name, long Steps, TimeSpan Duration, double FinalLoss)
{
    /// <summary>The share of training samples that were predicted rightly in each epoch of this run, as the network predicted them in training; the first
    /// and the last one's as far as the run went. Empty where the trainer does not declare <c>[TrainingAccuracy]</c>.</summary>
    public IReadOnlyList<double> TrainingAccuracy { get; init; } = [];

    /// <summary>Steps of this run that were skipped because they were not finite; 0 without
    /// <c>[OnNonFinite(NonFinite.SkipStep)]</c>.</summary>
    public long SkippedSteps { get; init; }

    /// <summary>How often this run returned to a good state; 0 without <c>[OnNonFinite(NonFinite.RollBack)]</c>.</summary>
    public long RollBacks { get; init; }

    /// <summary>Steps in a second; 0 when there was no step.</summary>
    public double StepsPerSecond => Steps == 0 ? 0 : Steps / Duration.TotalSeconds;
}
