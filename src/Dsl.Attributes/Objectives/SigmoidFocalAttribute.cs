namespace Dsl;

/// <summary>
/// Focal loss of independent yes-or-no labels, −α_t·(1 − p_t)^γ·log p_t with p = σ(z), p_t = p where y = 1 and 1 − p where y = 0
/// (Lin et al. 2017, arXiv 1708.02002, equation 5).
/// </summary>
/// <remarks>
/// Logits of any shape, labels of the same shape in [0, 1]. The mean is over all elements; the paper divides by the number of
/// positive ones instead, which a <c>Sum</c> with a weight of your own gives.
/// </remarks>
public sealed class SigmoidFocalAttribute : ReducedObjectiveAttribute
{
    /// <summary>Exponent γ; 0 makes it binary cross-entropy, weighted by α.</summary>
    [Interval("[0, inf)")]
    public double Gamma { get; set; } = 2;

    /// <summary>Weight α of positive labels; negative ones have 1 − α.</summary>
    [Interval("[0, 1]")]
    public double Alpha { get; set; } = 0.25;
}
