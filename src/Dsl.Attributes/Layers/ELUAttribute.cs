namespace Dsl;

/// <summary>
/// The exponential linear unit x for x > 0 and α·(eˣ − 1) else, element by element; the shape stays (Clevert et al. 2015,
/// arXiv 1511.07289, equation 16).
/// </summary>
public sealed class ELUAttribute : LayerAttribute
{
    /// <summary>An exponential linear unit.</summary>
    /// <param name="alpha">Minus the limit for x towards −∞; PyTorch's default is 1.</param>
    public ELUAttribute(double alpha = 1) => Alpha = alpha;

    /// <summary>Minus the limit for x towards −∞.</summary>
    [Interval("[0, inf)")]
    public double Alpha { get; }
}
