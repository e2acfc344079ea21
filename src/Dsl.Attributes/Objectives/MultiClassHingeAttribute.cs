namespace Dsl;

/// <summary>
/// Hinge loss over K classes, (w_y/K)·Σ over k ≠ y of max(0, m − z_y + z_k)^p (the sum over the wrong classes, as PyTorch's
/// MultiMarginLoss; Crammer and Singer 2001 take the largest of the terms in its place).
/// </summary>
/// <remarks>Scores [N, K], labels [N] int64 in [0, K), or -100 where there is none. The mean is over labels; weights are not
/// divided out.</remarks>
public sealed class MultiClassHingeAttribute : ClassObjectiveAttribute
{
    /// <summary>The margin m.</summary>
    [Interval("(0, inf)")]
    public double Margin { get; set; } = 1;

    /// <summary>Whether p is 2 in place of 1.</summary>
    public bool Squared { get; set; }
}
