namespace Dsl;

/// <summary>
/// What a run does at a step that is not finite: one with a NaN or an infinity in its loss, in any gradient, or in a buffer of
/// the network, such as a running variance.
/// </summary>
/// <remarks>
/// <see cref="NonFinite.SkipStep"/> and <see cref="NonFinite.RollBack"/> decide before the update. On the CPU they read the
/// gradient once more; on another device the host waits for one flag a step. An update of several batches is refused as a whole.
/// A batch without any label has the loss NaN, and counts as not finite. What they count is part of a checkpoint.
/// </remarks>
public sealed class OnNonFiniteAttribute : RecipeAttribute
{
    /// <summary>Declares what happens.</summary>
    /// <param name="policy">What the run does.</param>
    public OnNonFiniteAttribute(NonFinite policy) => Policy = policy;

    /// <summary>What the run does.</summary>
    public NonFinite Policy { get; }

    /// <summary>Steps skipped in a row at which the run ends; 1 ends it at the first. Of
    /// <see cref="NonFinite.SkipStep"/>.</summary>
    [Interval("[1, inf)")]
    public int ConsecutiveLimit { get; set; } = 10;

    /// <summary>Returns to a good state that a run may make; the next step that is not finite ends it. Of
    /// <see cref="NonFinite.RollBack"/>.</summary>
    [Interval("[1, inf)")]
    public int RollBackLimit { get; set; } = 3;

    /// <summary>Steps from one good state that is kept to the next. Of <see cref="NonFinite.RollBack"/>.</summary>
    [Interval("[1, inf)")]
    public int SnapshotEverySteps { get; set; } = 100;

    /// <summary>What each return multiplies the learning rate by, for the rest of the run. Of
    /// <see cref="NonFinite.RollBack"/>.</summary>
    [Interval("(0, 1]")]
    public double LearningRateFactor { get; set; } = 0.5;
}
