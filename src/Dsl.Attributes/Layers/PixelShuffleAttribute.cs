namespace Dsl;

/// <summary>
/// Channels rearranged into resolution: [N, C·r², H, W] to [N, C, r·H, r·W] with y[c, r·i + u, r·j + v] = x[c·r² + r·u + v, i, j]
/// (Shi et al. 2016, arXiv 1609.05158, equation 4). No parameters.
/// </summary>
public sealed class PixelShuffleAttribute : LayerAttribute
{
    /// <summary>A rearrangement.</summary>
    /// <param name="factor">The factor r of height and width; its square must divide the input's channels.</param>
    public PixelShuffleAttribute(int factor) => Factor = factor;

    /// <summary>The factor r of height and width; its square must divide the input's channels.</summary>
    [Interval("[1, inf)")]
    public int Factor { get; }
}
