namespace Dsl;

/// <summary>
/// Symmetric cross-entropy, −α·log p_y − β·A·(1 − p_y) with p = softmax(z): cross-entropy beside the reverse one,
/// −Σ p·log y, in which log 0 is a number A (Wang et al. 2019, arXiv 1908.06112, equations 5 and 6).
/// </summary>
/// <remarks>Logits [N, K], labels [N] int64 in [0, K), or -100 where there is none.</remarks>
public sealed class SymmetricCrossEntropyAttribute : ReducedObjectiveAttribute
{
    /// <summary>α: what cross-entropy counts, 0.1 as in the authors' code for ten classes.</summary>
    [Interval("[0, inf)")]
    public double Alpha { get; set; } = 0.1;

    /// <summary>β: what the reverse one counts.</summary>
    [Interval("[0, inf)")]
    public double Beta { get; set; } = 1;

    /// <summary>A, in place of log 0; the authors' code takes log(10⁻⁴) = −9.21.</summary>
    [Interval("(-inf, 0)")]
    public double LogarithmOfZero { get; set; } = -9.210340371976182;
}
