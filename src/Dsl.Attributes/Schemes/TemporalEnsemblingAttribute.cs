namespace Dsl;

/// <summary>
/// Temporal ensembling: predictions are pulled towards a moving average of all earlier ones of the same sample,
/// w(t)·mean (softmax z − Z/(1 − αⁿ))² over batch and classes (Laine and Aila 2017, arXiv 1610.02242, algorithm 2).
/// </summary>
/// <remarks>
/// Added to a labelled objective; reads a second stream of unlabelled inputs, with each one's place in the data, in <c>Fit</c>
/// and <c>Batch</c>. After n visits of a sample Z ← α·Z + (1 − α)·softmax z; a sample that was never visited adds 0, and the mean
/// is over the whole batch. The pass does not move running statistics. The averages, U_total·K numbers, are part of a checkpoint.
/// The authors' weight is 30·M/N for M labelled of N samples.
/// </remarks>
public sealed class TemporalEnsemblingAttribute : RampedSchemeAttribute
{
    /// <summary>α: the share of the old average.</summary>
    [Interval("[0, 1)")]
    public double Decay { get; set; } = 0.6;

    /// <summary>Weight W of the term after the ramp-up.</summary>
    [Interval("[0, inf)")]
    public double Weight { get; set; } = 10;
}
