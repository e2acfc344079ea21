namespace Dsl;

/// <summary>
/// Moves each image of [N, C, H, W] by parts of pixels, by bilinear interpolation; zeros move in. As the translation of
/// torchvision's RandomAffine; <see cref="RandomShiftAttribute">[RandomShift]</see> moves by whole pixels.
/// </summary>
public sealed class RandomTranslationAttribute : TransformationAttribute
{
    /// <summary>Moves by shares of width and height drawn uniformly from [−<paramref name="share"/>,
    /// <paramref name="share"/>).</summary>
    /// <param name="share">The largest distance as a share of the image.</param>
    public RandomTranslationAttribute(double share) => Share = share;

    /// <summary>The largest distance as a share of the image.</summary>
    [Interval("(0, 1)")]
    public double Share { get; }
}
