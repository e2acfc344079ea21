namespace Dsl.Runtime;

/// <summary>What a training run is going to be.</summary>
/// <param name="Name">The trainer.</param>
/// <param name="TotalSteps">Updates in the whole run.</param>
/// <param name="StepsPerEpoch">Updates in one pass over the data.</param>
public sealed record TrainingRun(string Name, long TotalSteps, long StepsPerEpoch);

/// <summary>What a training run was.</summary>
/// <param name="Name">The trainer.</param>
/// <param name="Steps">Updates made.</param>
/// <param name="Duration">Wall-clock time.</param>
/// <param name="FinalLoss">The total loss of the last step; NaN when no step was made.</param>
public sealed record TrainingReport(string Name, long Steps, TimeSpan Duration, double FinalLoss)
{
    /// <summary>Updates per second.</summary>
    public double StepsPerSecond => Duration > TimeSpan.Zero ? Steps / Duration.TotalSeconds : 0;
}
