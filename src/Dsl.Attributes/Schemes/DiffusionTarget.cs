namespace Dsl;

/// <summary>What the network of a diffusion model predicts of a noisy sample x_t = √ᾱ·x + √(1 − ᾱ)·ε.</summary>
public enum DiffusionTarget
{
    /// <summary>The noise ε (Ho et al. 2020, arXiv 2006.11239, equation 14).</summary>
    Noise,

    /// <summary>The sample x.</summary>
    Sample,

    /// <summary>v = √ᾱ·ε − √(1 − ᾱ)·x (Salimans and Ho 2022, arXiv 2202.00512, section 4).</summary>
    Velocity,
}
