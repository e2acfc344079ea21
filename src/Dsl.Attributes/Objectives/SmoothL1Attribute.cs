namespace Dsl;

/// <summary>Smooth L1 loss: e²/(2β) where |e| ≤ β, |e| − β/2 beyond, with e = x − y (Girshick 2015, arXiv 1504.08083): Huber's
/// divided by β.</summary>
/// <remarks>Outputs of any shape; targets of the same shape (or [N] for [N, 1]), real numbers. The mean is over all
/// elements.</remarks>
public sealed class SmoothL1Attribute : ReducedObjectiveAttribute
{
    /// <summary>The error β from which the loss grows linearly, in units of the targets. For β = 0 there is
    /// <see cref="L1Attribute"/>.</summary>
    [Interval("(0, inf)")]
    public double Beta { get; set; } = 1;
}
