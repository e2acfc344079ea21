namespace Dsl;

/// <summary>
/// Cross-entropy of labels that are redrawn in every step: each with probability α, uniformly over all K classes, its own
/// included (Xie et al. 2016, arXiv 1605.00055). Its expectation is label smoothing with ε = α.
/// </summary>
/// <remarks>Logits [N, K], labels [N] int64 in [0, K), or -100 where there is none. What is redrawn, and to what, is part of
/// <c>Draws</c>.</remarks>
public sealed class DisturbLabelAttribute : ReducedObjectiveAttribute
{
    /// <summary>Probability α that a label is redrawn.</summary>
    [Interval("[0, 1)")]
    public double Alpha { get; set; } = 0.1;
}
