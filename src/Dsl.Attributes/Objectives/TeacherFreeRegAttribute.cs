namespace Dsl;

/// <summary>
/// Distillation from a virtual teacher, KL(p_d^T ‖ softmax(z)): p_d has a on the true class and (1 − a)/(K − 1) on each other
/// one, and is softened to the normalised power p_d^(1/T) (Tf-KD reg: Yuan et al. 2020, arXiv 1909.11723, section 4.2).
/// </summary>
/// <remarks>
/// Beside it stands a cross-entropy with weight 1 − α. The authors' code softens by softmax(p_d/T) instead, which is uniform
/// within 1/T: near a uniform target whatever a is. Logits [N, K], labels [N] int64 in [0, K), or -100 where there is none; the
/// mean is over labels.
/// </remarks>
public sealed class TeacherFreeRegAttribute : TermAttribute
{
    /// <summary>Probability a of the true class, above 1/K; 0.99 in the authors' code.</summary>
    [Interval("(0, 1)")]
    public double Correct { get; set; } = 0.99;

    /// <summary>Temperature T of the virtual teacher; 20 in the authors' code.</summary>
    [Interval("(0, inf)")]
    public double Temperature { get; set; } = 20;
}
