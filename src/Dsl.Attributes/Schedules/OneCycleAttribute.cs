namespace Dsl;

/// <summary>
/// One cycle: the rate rises along half a cosine from η/<see cref="DivFactor"/> to the optimizer's learning rate η and falls
/// along another to a small part of where it began (Smith and Topin 2018, arXiv 1708.07120), as PyTorch's OneCycleLR with two
/// phases.
/// </summary>
/// <remarks>
/// The rise is the warm-up: no other one may be declared. It ends at step PctStart·S − 1, the fall at the last step, S − 1.
/// With <see cref="CycleMomentum"/> the momentum, or β₁, moves against the rate, and the optimizer's own is not used.
/// </remarks>
public sealed class OneCycleAttribute : ScheduleAttribute
{
    /// <summary>The rising part of the run.</summary>
    [Interval("(0, 1)")]
    public double PctStart { get; set; } = 0.3;

    /// <summary>The cycle starts from η/DivFactor.</summary>
    [Interval("[1, inf)")]
    public double DivFactor { get; set; } = 25;

    /// <summary>The cycle ends at η/(DivFactor·FinalDivFactor).</summary>
    [Interval("[1, inf)")]
    public double FinalDivFactor { get; set; } = 1e4;

    /// <summary>Whether the momentum falls while the rate rises and rises while it falls.</summary>
    public bool CycleMomentum { get; set; } = true;

    /// <summary>The momentum at the peak of the rate.</summary>
    [Interval("[0, 1)")]
    public double BaseMomentum { get; set; } = 0.85;

    /// <summary>The momentum at both ends of the cycle.</summary>
    [Interval("[0, 1)")]
    public double MaxMomentum { get; set; } = 0.95;
}
