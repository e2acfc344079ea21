namespace Dsl.Runtime;

/// <summary>An epoch of a run.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Steps">Its steps; fewer than an epoch has where the run ended in it.</param>
/// <param name="Loss">The mean of the steps' losses, each step counted alike; those that are not finite are left out. NaN where
/// all
/// are.</param>
public sealed record EpochReport(long Epoch, long Steps, double Loss)
{
    /// <summary>Likewise the mean of each term without its weight, or of each descent of a trainer with several; empty where a
    /// step
    /// has one loss.</summary>
    public IReadOnlyList<(string Name, double Loss)> Losses { get; init; } = [];

    /// <summary>The learning rate of the last step, as <c>LearningRateAt</c> gives it.</summary>
    public double LearningRate { get; init; }

    /// <summary>Time of its steps, data and validation included. Of epochs before a resumption it is zero: a checkpoint holds
    /// what a
    /// run computes, and no times.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What the validation data gave at the end, every number by its name; empty without them.</summary>
    public IReadOnlyList<(string Name, double Value)> Validation { get; init; } = [];

    /// <summary>The share of samples that were predicted rightly in training; null without <c>[TrainingAccuracy]</c> and before a
    /// resumption.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The validation's loss; NaN without validation data.</summary>
    public double ValidationLoss => ValidationOf("loss") ?? double.NaN;

    /// <summary>A number of the validation by its name, as <c>accuracy</c>; null where there is none.</summary>
    public double? ValidationOf(string name)
    {
        foreach (var (known, value) in Validation)
        {
            if (known == name) return value;
        }

        return null;
    }
}
