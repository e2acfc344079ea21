namespace Dsl;

/// <summary>
/// Turns each image of [N, C, H, W] around its centre, by bilinear interpolation; zeros move in. As torchvision's RandomRotation.
/// </summary>
/// <remarks>Rotation, scale, shear, translation and what else moves images beside them in a policy are one map, read
/// once.</remarks>
public sealed class RandomRotationAttribute : TransformationAttribute
{
    /// <summary>Turns by an angle drawn uniformly from [−<paramref name="degrees"/>, <paramref name="degrees"/>),
    /// counter-clockwise.</summary>
    /// <param name="degrees">The largest angle in degrees.</param>
    public RandomRotationAttribute(double degrees) => Degrees = degrees;

    /// <summary>The largest angle in degrees.</summary>
    [Interval("(0, 180]")]
    public double Degrees { get; }
}
