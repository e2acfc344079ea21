namespace Dsl;

/// <summary>
/// Cross-entropy with a target that trusts the predicted class as well as the label, t = β·y + (1 − β)·onehot(argmax z)
/// (Reed et al. 2015, arXiv 1412.6596, section 3.2).
/// </summary>
/// <remarks>For noisy labels. Logits [N, K], labels [N] int64 in [0, K), or -100 where there is none.</remarks>
public sealed class HardBootstrapAttribute : ReducedObjectiveAttribute
{
    /// <summary>The label's share β of the target; 1 makes it cross-entropy.</summary>
    [Interval("[0, 1]")]
    public double Beta { get; set; } = 0.8;
}
