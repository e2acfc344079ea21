namespace Dsl;

/// <summary>
/// Applies operations drawn for each image of [N, C, H, W] in [0, 1], of 1 or 3 channels, all of one magnitude (Cubuk et al.
/// 2020, arXiv 1909.13719): the paper's fourteen, identity, auto-contrast, equalize, posterize, solarize, rotation, shear and
/// translation in two directions, brightness, contrast, sharpness, and colour where there are 3 channels.
/// </summary>
/// <remarks>Magnitudes are torchvision's. Equalizing leaves images of fewer than 256 pixels as they are.</remarks>
public sealed class RandAugmentAttribute : TransformationAttribute
{
    /// <summary>Applies some operations of a magnitude.</summary>
    /// <param name="operations">N: how many, one after another.</param>
    /// <param name="magnitude">M: from 0, no change (but by auto-contrast and equalize), to 30.</param>
    public RandAugmentAttribute(int operations = 2, int magnitude = 9)
    {
        Operations = operations;
        Magnitude = magnitude;
    }

    /// <summary>N: how many operations, one after another.</summary>
    [Interval("[1, inf)")]
    public int Operations { get; }

    /// <summary>M: the magnitude of all of them.</summary>
    [Interval("[0, 30]")]
    public int Magnitude { get; }
}
