namespace Dsl;

/// <summary>
/// An affine map of the last dimension whose weights and biases are drawn anew in each pass of training, W = μ + σ·ε with
/// learned means μ and deviations σ = log(1 + e^ρ), one draw for the whole batch: [N, ..., in] to [N, ...,
/// <see cref="Features"/>] (Blundell et al. 2015, arXiv 1505.05424, section 3.2). In evaluation mode it is the map of the means.
/// </summary>
/// <remarks>
/// Parameters: <c>mu_weight</c> [out, in] and <c>mu_bias</c> [out] from U(±1/√in), <c>rho_weight</c> and <c>rho_bias</c> of
/// their shapes, all of which start at log(e^σ − 1) of <see cref="Deviation"/>. Noise comes from the trainer's own dropout
/// stream. <c>MonteCarloDropout</c> draws in evaluation too, and
/// <see cref="BayesByBackpropAttribute">[BayesByBackprop]</see> keeps deviations from vanishing.
/// </remarks>
public sealed class BayesianLinearAttribute : LayerAttribute
{
    /// <summary>A layer with the given number of output features.</summary>
    /// <param name="features">Size of the last dimension of the output.</param>
    public BayesianLinearAttribute(int features) => Features = features;

    /// <summary>Size of the last dimension of the output.</summary>
    [Interval("[1, inf)")]
    public int Features { get; }

    /// <summary>σ that every weight starts with: small, so that training begins as that of a network without noise.</summary>
    [Interval("(0, inf)")]
    public double Deviation { get; set; } = 0.02;

    /// <summary>Whether a drawn bias is added.</summary>
    public bool Bias { get; set; } = true;
}
