namespace Dsl;

/// <summary>
/// LAMB: Adam's direction with decoupled decay, u = m̂/(√v̂ + ε) + λθ, and for each parameter tensor a step of the size of
/// the parameter: θ ← θ − η·(‖θ‖/‖u‖)·u (You et al. 2020, arXiv 1904.00962, algorithm 2, with φ the identity).
/// </summary>
/// <remarks>The ratio is 1 where ‖θ‖ or ‖u‖ is 0. The gradient is not clipped unless a <c>[ClipGradNorm]</c> says so.</remarks>
public sealed class LambAttribute : LayerwiseAttribute
{
    /// <summary>LAMB with the given learning rate.</summary>
    /// <param name="learningRate">The learning rate η.</param>
    public LambAttribute(double learningRate = 1e-3) : base(learningRate)
    {
    }

    /// <summary>Decay β₁ of the first moment.</summary>
    [Interval("[0, 1)")]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay β₂ of the second moment.</summary>
    [Interval("[0, 1)")]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Added to the root of the second moment, for numerical stability.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 1e-6;

    /// <summary>Whether m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ), as in algorithm 2; without, m̂ = m and v̂ = v, as in the
    /// authors' code for BERT, where the learning rate's warm-up takes its place.</summary>
    public bool BiasCorrection { get; set; } = true;

    /// <summary>Decoupled weight decay λ.</summary>
    [Interval("[0, inf)")]
    public double WeightDecay { get; set; } = 1e-2;
}
