namespace Dsl;

/// <summary>
/// Overwrites a square of each image of [N, C, H, W] by zeros (DeVries and Taylor 2017, arXiv 1708.04552). Its centre is drawn
/// uniformly from the pixels, so that parts of the square can lie outside.
/// </summary>
public sealed class CutoutAttribute : TransformationAttribute
{
    /// <summary>Cuts a square out.</summary>
    /// <param name="length">Side of the square in pixels, at most the image's shorter side.</param>
    public CutoutAttribute(int length) => Length = length;

    /// <summary>Side of the square in pixels.</summary>
    [Interval("[1, inf)")]
    public int Length { get; }
}
