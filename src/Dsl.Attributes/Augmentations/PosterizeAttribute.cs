namespace Dsl;

/// <summary>
/// Keeps the first bits of each byte, in some images of [N, C, H, W] in [0, 1], as torchvision's RandomPosterize and Pillow's
/// ImageOps.posterize: a value x stands for the byte nearest to 255x.
/// </summary>
public sealed class PosterizeAttribute : TransformationAttribute
{
    /// <summary>Leaves 2^bits tones.</summary>
    /// <param name="bits">Bits that are kept, from 1 to 7.</param>
    public PosterizeAttribute(int bits) => Bits = bits;

    /// <summary>Bits that are kept.</summary>
    [Interval("[1, 7]")]
    public int Bits { get; }

    /// <summary>Probability of an image to be posterized; 0.5 by default.</summary>
    [Interval("[0, 1]")]
    public double Probability { get; set; } = 0.5;
}
