namespace Dsl;

/// <summary>
/// The Gaussian error linear unit x·Φ(x) with the normal distribution function Φ, element by element; the shape stays
/// (Hendrycks and Gimpel 2016, arXiv 1606.08415).
/// </summary>
public sealed class GELUAttribute : LayerAttribute
{
    /// <summary>
    /// Whether to compute x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))) instead, PyTorch's <c>approximate="tanh"</c>, as GPT-2 and
    /// BERT were trained with; PyTorch's default is the exact function.
    /// </summary>
    public bool Approximate { get; set; }
}
