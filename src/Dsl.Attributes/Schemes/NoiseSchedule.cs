namespace Dsl;

/// <summary>How much noise each step of a diffusion adds: the variances β_1, ..., β_T.</summary>
public enum NoiseSchedule
{
    /// <summary>From <see cref="DiffusionAttribute.FirstBeta"/> to <see cref="DiffusionAttribute.LastBeta"/> in equal steps (Ho
    /// et al. 2020, arXiv 2006.11239, section 4).</summary>
    Linear,

    /// <summary>β_t = min(1 − ᾱ_t/ᾱ_{t−1}, 0.999) with ᾱ_t = f(t)/f(0), f(t) = cos²((t/T + 0.008)/1.008·π/2),
    /// for any T (Nichol and Dhariwal 2021, arXiv 2102.09672, equation 17).</summary>
    Cosine,
}
