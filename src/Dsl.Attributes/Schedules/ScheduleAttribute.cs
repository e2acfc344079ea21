using System;

namespace Dsl;

/// <summary>The learning rate as a function of the step. Without one it is constant.</summary>
/// <remarks>
/// A warm-up of W steps uses η·(s + 1)/W in step s = 0, ..., W − 1. Its length is given in one unit: epochs, steps or samples.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class ScheduleAttribute : Attribute
{
    /// <summary>Epochs of linear warm-up. Not together with another unit.</summary>
    [Interval("[0, inf)")]
    public int WarmupEpochs { get; set; }

    /// <summary>Steps of linear warm-up. Not together with another unit.</summary>
    [Interval("[0, inf)")]
    public int WarmupSteps { get; set; }

    /// <summary>Samples of linear warm-up, as whole updates: of a batch each, or of all data where these are fewer. Not together
    /// with another unit.</summary>
    [Interval("[0, inf)")]
    public int WarmupSamples { get; set; }
}
