namespace Dsl;

/// <summary>What follows a layer; its gain keeps the variance of what passes through both
/// (<c>torch.nn.init.calculate_gain</c>).</summary>
public enum Nonlinearity
{
    /// <summary>max(0, x), gain √2.</summary>
    ReLU,

    /// <summary>A leaky rectifier, gain √(2/(1 + slope²)).</summary>
    LeakyReLU,

    /// <summary>Nothing, gain 1.</summary>
    Linear,

    /// <summary>The logistic function, gain 1.</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent, gain 5/3.</summary>
    Tanh,

    /// <summary>The self-normalising unit of Klambauer et al. 2017 (arXiv 1706.02515), gain 3/4.</summary>
    SELU,
}
