namespace Dsl;

/// <summary>
/// Inverts the bright pixels of some images of [N, C, H, W] in [0, 1]: x from a threshold on becomes 1 − x. As torchvision's
/// RandomSolarize.
/// </summary>
public sealed class SolarizeAttribute : TransformationAttribute
{
    /// <summary>Inverts from a threshold on.</summary>
    /// <param name="threshold">The least x that is inverted; 0.5 is Pillow's 128 of 255.</param>
    public SolarizeAttribute(double threshold = 0.5) => Threshold = threshold;

    /// <summary>The least x that is inverted; 0 inverts everything.</summary>
    [Interval("[0, 1]")]
    public double Threshold { get; }

    /// <summary>Probability of an image to be solarized; 0.5 by default.</summary>
    [Interval("[0, 1]")]
    public double Probability { get; set; } = 0.5;
}
