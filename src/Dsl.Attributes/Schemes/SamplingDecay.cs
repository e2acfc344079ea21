namespace Dsl;

/// <summary>How the share of true tokens falls with the update i (Bengio et al. 2015, arXiv 1506.03099, section 2.4).</summary>
public enum SamplingDecay
{
    /// <summary>max(Minimum, k − c·i), c the slope.</summary>
    Linear,

    /// <summary>kⁱ, with k below 1.</summary>
    Exponential,

    /// <summary>k/(k + e^(i/k)), with k of 1 or more.</summary>
    InverseSigmoid,
}
