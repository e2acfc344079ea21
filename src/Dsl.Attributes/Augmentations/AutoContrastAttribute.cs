namespace Dsl;

/// <summary>
/// Stretches each channel of some images of [N, C, H, W] in [0, 1], so that its darkest pixel is 0 and its brightest 1; a
/// channel of one value stays. As torchvision's RandomAutocontrast.
/// </summary>
public sealed class AutoContrastAttribute : TransformationAttribute
{
    /// <summary>Probability of an image to be stretched; 0.5 by default.</summary>
    [Interval("[0, 1]")]
    public double Probability { get; set; } = 0.5;
}
