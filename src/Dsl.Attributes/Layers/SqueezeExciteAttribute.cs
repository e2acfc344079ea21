namespace Dsl;

/// <summary>
/// Channels weighted by what the whole image says: y = x · σ(W₂ max(0, W₁ z + b₁) + b₂), z the mean of each channel of x;
/// the shape [N, C, H, W] stays (Hu et al. 2018, arXiv 1709.01507, equations 2 to 4).
/// </summary>
/// <remarks>
/// Parameters: fc1.weight [C/r, C, 1, 1], fc1.bias [C/r], fc2.weight [C, C/r, 1, 1], fc2.bias [C], named and laid out as those
/// of torchvision's SqueezeExcitation, which spells the two linear maps as 1x1 convolutions; from U(±1/√fan_in).
/// </remarks>
public sealed class SqueezeExciteAttribute : LayerAttribute
{
    /// <summary>A squeeze-and-excitation layer.</summary>
    /// <param name="reduction">The ratio r of channels to hidden units; must divide the input's channels.</param>
    public SqueezeExciteAttribute(int reduction = 16) => Reduction = reduction;

    /// <summary>The ratio r of channels to hidden units; must divide the input's channels.</summary>
    [Interval("[1, inf)")]
    public int Reduction { get; }
}
