namespace Dsl;

/// <summary>
/// Lets each image of [N, C, H, W] lean, vertical lines by one angle and horizontal lines by another, by bilinear
/// interpolation; zeros move in. As the shear of torchvision's RandomAffine, in both directions.
/// </summary>
public sealed class RandomShearAttribute : TransformationAttribute
{
    /// <summary>Shears by angles drawn uniformly from [−<paramref name="degrees"/>, <paramref name="degrees"/>).</summary>
    /// <param name="degrees">The largest angle in degrees.</param>
    public RandomShearAttribute(double degrees) => Degrees = degrees;

    /// <summary>The largest angle in degrees.</summary>
    [Interval("(0, 90)")]
    public double Degrees { get; }
}
