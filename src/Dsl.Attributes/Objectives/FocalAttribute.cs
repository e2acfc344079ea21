namespace Dsl;

/// <summary>
/// Focal loss over K exclusive classes, −α_y·(1 − p_y)^γ·log p_y with p = softmax(z): what is classified well counts less
/// (Lin et al. 2017, arXiv 1708.02002, equation 5 with a softmax).
/// </summary>
/// <remarks>Logits [N, K], labels [N] int64 in [0, K), or -100 where there is none. The mean is over labels; α is not divided
/// out.</remarks>
public sealed class FocalAttribute : ClassObjectiveAttribute
{
    /// <summary>Exponent γ; 0 makes it cross-entropy.</summary>
    [Interval("[0, inf)")]
    public double Gamma { get; set; } = 2;
}
