namespace Dsl;

/// <summary>What a generator G and a discriminator D of a GAN minimise, with logits D(x); means are over the batch.</summary>
public enum GanLoss
{
    /// <summary>D: mean −log σ(D(x)) + mean −log(1 − σ(D(G(z)))). G: mean −log σ(D(G(z))), which has a slope where the
    /// discriminator is sure (Goodfellow et al. 2014, arXiv 1406.2661, section 3).</summary>
    NonSaturating,

    /// <summary>D: ½ mean (D(x) − 1)² + ½ mean D(G(z))². G: ½ mean (D(G(z)) − 1)² (Mao et al. 2017, arXiv 1611.04076, equation
    /// 9).</summary>
    LeastSquares,

    /// <summary>D: mean max(0, 1 − D(x)) + mean max(0, 1 + D(G(z))). G: −mean D(G(z)) (Lim and Ye 2017, arXiv 1705.02894; Miyato
    /// et al. 2018, arXiv 1802.05957).</summary>
    Hinge,
}
