namespace Dsl;

/// <summary>
/// Blurs or sharpens some images of [N, C, H, W] in [0, 1]: the distance to the mean of 3 × 3 pixels, in which the middle one
/// counts five times, is multiplied by a factor. The border stays. As torchvision's RandomAdjustSharpness.
/// </summary>
public sealed class SharpnessAttribute : TransformationAttribute
{
    /// <summary>Blurs or sharpens by a factor.</summary>
    /// <param name="factor">From 0, blurred, to 1, no change; more sharpens.</param>
    public SharpnessAttribute(double factor) => Factor = factor;

    /// <summary>The factor of the distance to the blurred image.</summary>
    [Interval("[0, inf)")]
    public double Factor { get; }

    /// <summary>Probability of an image to be changed; 0.5 by default.</summary>
    [Interval("[0, 1]")]
    public double Probability { get; set; } = 0.5;
}
