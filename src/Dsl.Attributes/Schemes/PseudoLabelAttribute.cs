namespace Dsl;

/// <summary>
/// Pseudo-labels: the class that the network itself is sure of is taken for the label,
/// w(t)·mean 1[max p ≥ τ]·(−log p[argmax p]), p = softmax z, over the whole unlabelled batch (Lee 2013, "Pseudo-label: the simple
/// and efficient semi-supervised learning method for deep neural networks", ICML workshop on challenges in representation
/// learning).
/// </summary>
/// <remarks>
/// Added to a labelled objective; reads a second stream of unlabelled inputs in <c>Fit</c> and <c>Batch</c>. Labels and what is
/// left out are constants of the step. The pass does not move running statistics. Lee takes every sample (<see cref="Threshold"/>
/// 0) with a weight that grows late; a threshold is what later work found to matter.
/// </remarks>
public sealed class PseudoLabelAttribute : RampedSchemeAttribute
{
    /// <summary>τ: the least probability of a class that counts as a label.</summary>
    [Interval("[0, 1)")]
    public double Threshold { get; set; } = 0.95;

    /// <summary>Weight W of the term after the ramp-up.</summary>
    [Interval("[0, inf)")]
    public double Weight { get; set; } = 1;
}
