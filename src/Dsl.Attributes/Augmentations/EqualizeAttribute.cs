namespace Dsl;

/// <summary>
/// Makes all tones of each channel about equally frequent, in some images of [N, C, H, W] in [0, 1], as torchvision's
/// RandomEqualize and Pillow's ImageOps.equalize, which count bytes: a value x stands for the byte nearest to 255x.
/// </summary>
/// <remarks>A channel in which fewer than 255 pixels are darker than its brightest tone stays as it is; so images need at least
/// 256 pixels.</remarks>
public sealed class EqualizeAttribute : TransformationAttribute
{
    /// <summary>Probability of an image to be equalized; 0.5 by default.</summary>
    [Interval("[0, 1]")]
    public double Probability { get; set; } = 0.5;
}
