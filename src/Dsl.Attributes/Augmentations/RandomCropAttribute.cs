namespace Dsl;

/// <summary>
/// Cuts each image of [N, C, H, W], padded by zeros, at its own place (He et al. 2015, arXiv 1512.03385, section 4.2). The cut
/// has the size of the model's input. As torchvision's RandomCrop.
/// </summary>
public sealed class RandomCropAttribute : TransformationAttribute
{
    /// <summary>Cuts a square.</summary>
    /// <param name="size">Rows and columns of the cut: those of the model's input.</param>
    public RandomCropAttribute(int size) => Height = Width = size;

    /// <summary>Cuts a rectangle.</summary>
    /// <param name="height">Rows of the cut: those of the model's input.</param>
    /// <param name="width">Columns of the cut: those of the model's input.</param>
    public RandomCropAttribute(int height, int width)
    {
        Height = height;
        Width = width;
    }

    /// <summary>Rows of the cut.</summary>
    [Interval("[1, inf)")]
    public int Height { get; }

    /// <summary>Columns of the cut.</summary>
    [Interval("[1, inf)")]
    public int Width { get; }

    /// <summary>Zeros on each side before the cut, in pixels; 4 by default.</summary>
    [Interval("[1, inf)")]
    public int Padding { get; set; } = 4;
}
