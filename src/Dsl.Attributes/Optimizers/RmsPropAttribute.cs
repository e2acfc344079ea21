namespace Dsl;

/// <summary>
/// RMSprop: v ← αv + (1 − α)g², θ ← θ − η g/(√v + ε) (Hinton 2012, Coursera lecture 6e), as PyTorch's RMSprop.
/// </summary>
public sealed class RmsPropAttribute : OptimizerAttribute
{
    /// <summary>RMSprop with the given learning rate.</summary>
    /// <param name="learningRate">The learning rate η.</param>
    public RmsPropAttribute(double learningRate = 1e-2) : base(learningRate)
    {
    }

    /// <summary>Decay α of the mean of squares.</summary>
    [Interval("[0, 1)")]
    public double Alpha { get; set; } = 0.99;

    /// <summary>Added to the root of the mean of squares, for numerical stability.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Momentum μ of the scaled gradient, b ← μb + g/(√v + ε); 0 keeps no momentum buffer.</summary>
    [Interval("[0, 1)")]
    public double Momentum { get; set; }

    /// <summary>Whether to divide by the standard deviation, v − (mean of gradients)², in place of the root mean square
    /// (Graves 2013, arXiv 1308.0850).</summary>
    public bool Centered { get; set; }

    /// <summary>L2 penalty λ, added to the gradient.</summary>
    [Interval("[0, inf)")]
    public double WeightDecay { get; set; }
}
