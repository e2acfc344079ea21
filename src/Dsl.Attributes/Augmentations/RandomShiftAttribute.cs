namespace Dsl;

/// <summary>Moves each image of [N, C, H, W] by up to a number of pixels in both directions; zeros move in.</summary>
public sealed class RandomShiftAttribute : TransformationAttribute
{
    /// <summary>Shifts by an offset drawn uniformly from −<paramref name="pixels"/>, ..., <paramref name="pixels"/> for rows
    /// and columns.</summary>
    /// <param name="pixels">The largest offset.</param>
    public RandomShiftAttribute(int pixels) => Pixels = pixels;

    /// <summary>The largest offset in pixels.</summary>
    [Interval("[1, inf)")]
    public int Pixels { get; }
}
