namespace Dsl;

/// <summary>
/// Π-model: two views of an unlabelled input shall be predicted alike, w(t)·mean (softmax z₁ − softmax z₂)² over batch and
/// classes (Laine and Aila 2017, arXiv 1610.02242, algorithm 1).
/// </summary>
/// <remarks>
/// Added to a labelled objective; reads a second stream of unlabelled inputs in <c>Fit</c> and <c>Batch</c>, to which the
/// labelled ones may belong, too. The views differ by <c>[Augment&lt;T&gt;]</c> and by dropout: without either the term is 0. The
/// gradient goes through both, each view has a pass of its own, and neither pass moves running statistics. The authors' weight is
/// 100·M/N for M labelled of N samples.
/// </remarks>
public sealed class PiModelAttribute : RampedSchemeAttribute
{
    /// <summary>Weight W of the term after the ramp-up.</summary>
    [Interval("[0, inf)")]
    public double Weight { get; set; } = 10;
}
