namespace Dsl;

/// <summary>
/// LARS: momentum with a rate of its own for each parameter tensor, ratio = c‖θ‖/(‖g‖ + λ‖θ‖ + ε)
/// (You, Gitman and Ginsburg 2017, arXiv 1708.03888, algorithm 1).
/// </summary>
/// <remarks>The ratio is 1 where ‖θ‖ or ‖g‖ is 0. Norms are Euclidean, over the whole tensor.</remarks>
public sealed class LarsAttribute : LayerwiseAttribute
{
    /// <summary>LARS with the given learning rate.</summary>
    /// <param name="learningRate">The learning rate η.</param>
    public LarsAttribute(double learningRate) : base(learningRate)
    {
    }

    /// <summary>Momentum μ.</summary>
    [Interval("[0, 1)")]
    public double Momentum { get; set; } = 0.9;

    /// <summary>Where the learning rate stands.</summary>
    public LarsMomentum Form { get; set; }

    /// <summary>Trust coefficient c: how far a step goes, as a part of the parameter's norm, at rate 1. The paper's η.</summary>
    [Interval("(0, inf)")]
    public double TrustCoefficient { get; set; } = 1e-3;

    /// <summary>Added to the ratio's denominator, for numerical stability. 0 is the paper's formula.</summary>
    [Interval("[0, inf)")]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>L2 penalty λ, added to the gradient.</summary>
    [Interval("[0, inf)")]
    public double WeightDecay { get; set; }
}
