namespace Dsl.Runtime;

/// <summary>A run that begins or goes on.</summary>
/// <param name="Name">The trainer.</param>
/// <param name="TotalSteps">The step after the last one.</param>
/// <param name="StepsPerEpoch">Steps that make an epoch, at least 1.</param>
public sealed record TrainingRun(string Name, long TotalSteps, long StepsPerEpoch)
{
    /// <summary>Epochs that ended before: in an earlier <c>Fit</c>, or before a resumption.</summary>
    public IReadOnlyList<EpochReport> Epochs { get; init; } = [];
}
