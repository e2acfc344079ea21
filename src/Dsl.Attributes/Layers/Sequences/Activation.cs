namespace Dsl;

/// <summary>The function between the two linear maps of a feed-forward network.</summary>
public enum Activation
{
    /// <summary>max(0, x), as Vaswani et al. 2017 have it.</summary>
    ReLU,

    /// <summary>x·Φ(x) with the normal distribution function Φ (Hendrycks and Gimpel 2016, arXiv 1606.08415).</summary>
    GELU,

    /// <summary>GELU's approximation by a hyperbolic tangent, as GPT-2 and the original BERT were trained with.</summary>
    GELUTanh,

    /// <summary>x·σ(x), also called swish.</summary>
    SiLU,
}
