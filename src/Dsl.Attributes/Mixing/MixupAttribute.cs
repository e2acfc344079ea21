namespace Dsl;

/// <summary>
/// Mixup: the network sees λx + (1 − λ)x[π], and every labelled objective L becomes λ·L(z, y) + (1 − λ)·L(z, y[π]), for a random
/// order π of the batch (Zhang et al. 2018, arXiv 1710.09412).
/// </summary>
/// <remarks>
/// x is any input of real numbers. λ ~ Beta(α, α) is one number for the batch, as in the authors' code. It is drawn after the
/// augmentation, whose views are mixed. A teacher sees what the network sees.
/// </remarks>
public sealed class MixupAttribute : MixingAttribute
{
    /// <summary>α: near 0, λ is nearly always 0 or 1; 1 makes it uniform; large, it is nearly 1/2. 0.1 to 0.4 for clean labels,
    /// 8 to 32 for noisy ones.</summary>
    [Interval("(0, inf)")]
    public double Alpha { get; set; } = 0.2;
}
