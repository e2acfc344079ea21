namespace Dsl;

/// <summary>
/// Enlarges or shrinks each image of [N, C, H, W] from its centre, by bilinear interpolation, within its frame; zeros move in.
/// As the scale of torchvision's RandomAffine.
/// </summary>
public sealed class RandomScaleAttribute : TransformationAttribute
{
    /// <summary>Scales by a factor drawn uniformly from [<paramref name="min"/>, <paramref name="max"/>).</summary>
    /// <param name="min">The smallest factor; below 1 shrinks.</param>
    /// <param name="max">The largest factor, at least the smallest.</param>
    public RandomScaleAttribute(double min, double max)
    {
        Min = min;
        Max = max;
    }

    /// <summary>The smallest factor.</summary>
    [Interval("(0, inf)")]
    public double Min { get; }

    /// <summary>The largest factor.</summary>
    [Interval("(0, inf)")]
    public double Max { get; }
}
