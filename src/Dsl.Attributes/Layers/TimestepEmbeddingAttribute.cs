namespace Dsl;

/// <summary>
/// Sines and cosines of a number t, such as the step of a diffusion: D/2 sines sin(a·t·b^(−2i/D)), i = 0, ..., D/2 − 1,
/// then as many cosines: [N], integers or real numbers, to [N, D] (Ho et al. 2020, arXiv 2006.11239, appendix B, after
/// Vaswani et al. 2017, 1706.03762, section 3.5).
/// </summary>
/// <remarks>Nothing is learned; a linear layer behind it learns what to make of t. The authors' code divides i by D/2 − 1 in
/// place of D/2.</remarks>
/// <example><code>
/// [From("time"), TimestepEmbedding(64), Linear(128), SiLU, Tag("level")]
/// </code></example>
public sealed class TimestepEmbeddingAttribute : LayerAttribute
{
    /// <summary>Features of a number.</summary>
    /// <param name="features">D, an even number.</param>
    public TimestepEmbeddingAttribute(int features) => Features = features;

    /// <summary>D: numbers that t becomes.</summary>
    [Interval("[2, inf)")]
    public int Features { get; }

    /// <summary>Base b of the wavelengths, which go from 2π/a to nearly b·2π/a.</summary>
    [Interval("(1, inf)")]
    public double Base { get; set; } = 10000;

    /// <summary>a: the factor of t. For t in [0, 1], as in flow matching, 1000 is habitual.</summary>
    [Interval("(0, inf)")]
    public double Scale { get; set; } = 1;
}
