namespace Dsl;

/// <summary>σ_t²: the variance of the noise that a step of sampling from a diffusion model adds.</summary>
public enum SamplingVariance
{
    /// <summary>β_t, the best one for data of the standard normal distribution (Ho et al. 2020, arXiv 2006.11239, section
    /// 3.2).</summary>
    Beta,

    /// <summary>β_t·(1 − ᾱ_{t−1})/(1 − ᾱ_t), the best one for data that are a single point.</summary>
    Posterior,
}
