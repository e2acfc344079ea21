namespace Dsl;

/// <summary>
/// Label-distribution-aware margins: cross-entropy of s·(z − Δ_y·onehot(y)) with a larger margin for a rarer class,
/// Δ_j = m·(n_min/n_j)^(1/4) (Cao et al. 2019, arXiv 1906.07413, equation 13; the largest margin is m).
/// </summary>
/// <remarks>
/// Logits [N, K], labels [N] int64 in [0, K), or -100 where there is none. A margin means something beside logits of a bounded
/// size: the paper's are cosines, of a network that ends with <see cref="CosineLinearAttribute"/>, and the scale s makes
/// probabilities of them. The mean divides by the sum of the labels' weights. With <c>ClassBalance</c> and <c>DeferEpochs</c> it
/// is the paper's LDAM-DRW.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Net&gt;, Ldam(ClassBalance = 0.9999, DeferEpochs = 160), Sgd(0.1, Momentum = 0.9), Epochs(200)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class LdamAttribute : ClassObjectiveAttribute
{
    /// <summary>m: the margin of the rarest class.</summary>
    [Interval("(0, inf)")]
    public double MaxMargin { get; set; } = 0.5;

    /// <summary>s: the factor of the logits.</summary>
    [Interval("(0, inf)")]
    public double Scale { get; set; } = 30;
}
