namespace Dsl;

/// <summary>
/// Lion: θ ← θ − η(sign(β₁m + (1 − β₁)g) + λθ), then m ← β₂m + (1 − β₂)g (Chen et al. 2023,
/// arXiv 2302.06675, algorithm 2).
/// </summary>
/// <remarks>Every element moves by the learning rate, whatever its gradient's size: the paper takes a rate that is 3 to 10 times
/// smaller than AdamW's, and a λ as many times larger. An element whose m and g are 0 stays; one whose gradient is not a number
/// becomes not a number.</remarks>
public sealed class LionAttribute : OptimizerAttribute
{
    /// <summary>Lion with the given learning rate.</summary>
    /// <param name="learningRate">The learning rate η, which is the size of each element's step.</param>
    public LionAttribute(double learningRate = 1e-4) : base(learningRate)
    {
    }

    /// <summary>The share β₁ of the momentum in the step's direction.</summary>
    [Interval("[0, 1)")]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay β₂ of the momentum.</summary>
    [Interval("[0, 1)")]
    public double Beta2 { get; set; } = 0.99;

    /// <summary>Decoupled weight decay λ.</summary>
    [Interval("[0, inf)")]
    public double WeightDecay { get; set; }
}
