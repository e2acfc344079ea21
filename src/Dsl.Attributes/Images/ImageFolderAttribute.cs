using System;

namespace Dsl;

/// <summary>Declares images in folders, one for each class: a partial record whose only parameter is the label. A model takes
/// [N, C, H, W] in [0, 1], and its number of classes, from it: <c>[Model&lt;Flower&gt;]</c>.</summary>
/// <remarks>
/// The compiler adds <c>Path</c>, <c>Load</c> for a folder and <c>From</c> for rows in memory. PNG and JPEG files are read: grey,
/// colour, palette, 16 bits (of which the first 8 are kept), transparency, and turned as their EXIF orientation says. Images
/// become the declared number of channels (grey is 0.299 R + 0.587 G + 0.114 B) and the declared size, by <see cref="Resize"/>.
/// <para><c>[Normalize(mean, std)]</c>, or <c>[Standardize]</c> for the mean and deviation of each channel over the training
/// part, is the first thing that the model does: whoever calls it gives images in [0, 1], augmentation policies too, and it is
/// saved with it.</para>
/// </remarks>
/// <example><code>
/// [ImageFolder(3, 64, 64, Resize = ImageResize.Crop), Standardize]
/// public partial record Flower([Label("daisy", "rose", "tulip")] string? Kind = null);
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ImageFolderAttribute : Attribute
{
    /// <summary>Declares the images.</summary>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <param name="height">Pixels, at least 1.</param>
    /// <param name="width">Pixels, at least 1.</param>
    public ImageFolderAttribute(int channels, int height, int width)
    {
        Channels = channels;
        Height = height;
        Width = width;
    }

    /// <summary>1 for grey, 3 for red, green and blue.</summary>
    public int Channels { get; }

    /// <summary>Height in pixels.</summary>
    [Interval("[1, inf)")]
    public int Height { get; }

    /// <summary>Width in pixels.</summary>
    [Interval("[1, inf)")]
    public int Width { get; }

    /// <summary>What becomes of images of another size.</summary>
    public ImageResize Resize { get; set; }

    /// <summary>The colour behind transparent pixels, and around images that are padded, as 0xRRGGBB: 0 is black, 0xFFFFFF
    /// white.</summary>
    [Interval("[0, 16777215]")]
    public int Background { get; set; }
}
