namespace Dsl;

/// <summary>
/// TRADES: the prediction shall not move near a sample, β·mean KL(softmax z(x) ‖ softmax z(x')), with x' what an attack finds
/// that climbs the same divergence (Zhang et al. 2019, arXiv 1901.08573, equation 5 and algorithm 1).
/// </summary>
/// <remarks>
/// Added to a labelled objective, which sees the inputs as they are; labels do not matter to the term. The gradient goes through
/// both predictions, as in the authors' code; within the attack the prediction for x is a constant. It starts at x + σ·n, n
/// normal: at x itself the divergence has no slope. Defaults are those of the authors for CIFAR-10, ε and a as fractions of
/// 255. Their code attacks in evaluation mode; here batch normalisation takes the batch's statistics.
/// </remarks>
public sealed class TradesAttribute : AttackSchemeAttribute
{
    /// <summary>Declares the term with 10 steps.</summary>
    public TradesAttribute() => Steps = 10;

    /// <summary>β: weight of the term, 1/λ in the paper, which has 1 and 6.</summary>
    [Interval("[0, inf)")]
    public double Beta { get; set; } = 6;

    /// <summary>σ: the standard deviation of where the attack starts, in the units of the input.</summary>
    [Interval("(0, inf)")]
    public double StartDeviation { get; set; } = 0.001;
}
