namespace Dsl;

/// <summary>What a decoder's output a says of a sample x: the distribution of each of its numbers, independent of the
/// others.</summary>
public enum Likelihood
{
    /// <summary>Numbers of [0, 1], a their logits: log p(x) = x·log σ(a) + (1 − x)·log(1 − σ(a)). Exact for 0 and 1; between
    /// them, as for grey pixels, a customary loss without a density behind it.</summary>
    Bernoulli,

    /// <summary>Real numbers, a their means: log p(x) = −(x − a)²/(2σ²) − ½·log(2πσ²), of one fixed deviation σ.</summary>
    Gaussian,
}
