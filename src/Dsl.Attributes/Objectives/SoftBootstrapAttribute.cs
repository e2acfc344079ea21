namespace Dsl;

/// <summary>
/// Cross-entropy with a target that trusts the prediction p = softmax(z) as well as the label, t = β·y + (1 − β)·p: −Σ t·log p
/// (Reed et al. 2015, arXiv 1412.6596, section 3.2).
/// </summary>
/// <remarks>
/// For noisy labels. The gradient passes through the p of the target too, as published: the term is β·cross-entropy + (1 −
/// β)·entropy. Logits [N, K], labels [N] int64 in [0, K), or -100 where there is none.
/// </remarks>
public sealed class SoftBootstrapAttribute : ReducedObjectiveAttribute
{
    /// <summary>The label's share β of the target; 1 makes it cross-entropy.</summary>
    [Interval("[0, 1]")]
    public double Beta { get; set; } = 0.95;
}
