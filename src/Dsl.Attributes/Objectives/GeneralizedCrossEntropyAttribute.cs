namespace Dsl;

/// <summary>
/// Generalised cross-entropy, (1 − p_y^q)/q with p = softmax(z): between cross-entropy, its limit at q → 0, and the mean
/// absolute error, q = 1, which wrong labels hardly move (Zhang and Sabuncu 2018, arXiv 1805.07836, equation 6).
/// </summary>
/// <remarks>Logits [N, K], labels [N] int64 in [0, K), or -100 where there is none. The truncated form of the paper is not
/// this.</remarks>
public sealed class GeneralizedCrossEntropyAttribute : ReducedObjectiveAttribute
{
    /// <summary>q; the paper's is 0.7.</summary>
    [Interval("(0, 1]")]
    public double Q { get; set; } = 0.7;
}
