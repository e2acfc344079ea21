namespace Dsl;

/// <summary>What becomes of images that have not the declared size. Pixels are averaged where images shrink (antialiased,
/// bilinear), as Pillow's <c>BILINEAR</c> and torchvision's <c>Resize</c> do.</summary>
public enum ImageResize
{
    /// <summary>Nothing: such an image is an error.</summary>
    None,

    /// <summary>Height and width become the declared ones each for itself: shapes are distorted.</summary>
    Stretch,

    /// <summary>The image is scaled until it covers the declared size, and the middle is cut out: for a square, torchvision's
    /// <c>Resize(size)</c> and <c>CenterCrop(size)</c>.</summary>
    Crop,

    /// <summary>The image is scaled until it fits into the declared size, and stands in the middle of the background: Pillow's
    /// <c>ImageOps.pad</c>.</summary>
    Pad,
}
