namespace Dsl;

/// <summary>
/// Stochastic gradient descent: g ← g + λθ, b ← μb + g, θ ← θ − η b (with Nesterov: θ ← θ − η (g + μb)), as PyTorch's SGD.
/// </summary>
public sealed class SgdAttribute : OptimizerAttribute
{
    /// <summary>Stochastic gradient descent with the given learning rate η.</summary>
    /// <param name="learningRate">The learning rate η.</param>
    public SgdAttribute(double learningRate) : base(learningRate)
    {
    }

    /// <summary>Momentum μ; 0 keeps no momentum buffer.</summary>
    [Interval("[0, 1)")]
    public double Momentum { get; set; }

    /// <summary>Whether to look ahead along the momentum (Nesterov); needs a momentum above 0.</summary>
    public bool Nesterov { get; set; }

    /// <summary>L2 penalty λ, added to the gradient.</summary>
    [Interval("[0, inf)")]
    public double WeightDecay { get; set; }
}
