namespace Dsl;

/// <summary>
/// Adds sines and cosines of each place of a sequence: feature 2i of place p gets sin(p·b^(−2i/D)), feature 2i + 1 the cosine:
/// [N, T, D] to [N, T, D] (Vaswani et al. 2017, arXiv 1706.03762, section 3.5).
/// </summary>
/// <remarks>Nothing is learned, and a state dictionary holds nothing of it: the table is computed from the shape.</remarks>
public sealed class SinusoidalEncodingAttribute : LayerAttribute
{
    /// <summary>Base b of the wavelengths, which go from 2π to b·2π.</summary>
    [Interval("(1, inf)")]
    public double Base { get; set; } = 10000;
}
