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

    /// <summary>Steps in a second; 0 when there was no step.</summary>
    public double StepsPerSecond => Steps == 0 ? 0 : Steps / Duration.TotalSeconds;
}
