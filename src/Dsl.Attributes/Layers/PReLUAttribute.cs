namespace Dsl;

/// <summary>
/// The rectifier with a learned slope, x for x > 0 and a·x else, element by element; the shape stays (He et al. 2015,
/// arXiv 1502.01852, equation 1).
/// </summary>
/// <remarks>Parameter: weight [1], or [C] with <see cref="PerChannel"/>, from <see cref="Initial"/>, as in PyTorch.</remarks>
public sealed class PReLUAttribute : LayerAttribute
{
    /// <summary>Whether each channel (dimension 1 of the input) has a slope of its own; PyTorch's default is one slope.</summary>
    public bool PerChannel { get; set; }

    /// <summary>What the slopes start from.</summary>
    [Interval("(-inf, inf)")]
    public double Initial { get; set; } = 0.25;
}
