using System.Globalization;

namespace Dsl.Runtime;

/// <summary>What a model gets of declared images.</summary>
/// <param name="Name">The record's name.</param>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Classes">The names of the classes, in the order of the model's outputs.</param>
public sealed record ImageSchema(string Name, int Channels, int Height, int Width, IReadOnlyList<string> Classes)
{
    /// <summary>What becomes of images of another size.</summary>
    public ImageScaling Scaling { get; init; }

    /// <summary>The colour behind transparent pixels and around images that are padded, 0xRRGGBB.</summary>
    public int Background { get; init; }

    /// <summary>What the model does to images first, in words: a file of a model is refused where it differs.</summary>
    public string Normalization { get; init; } = "in [0, 1]";

    /// <summary>Bytes of an image.</summary>
    internal int Size => Channels * Height * Width;

    /// <summary>What a file of a model says of the images and the label, so that it is not used with others.</summary>
    internal string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"image: {Channels} x {Height} x {Width}, {Scaling.ToString().ToLowerInvariant()}, background {Background:X6}, ")
        + $"{Normalization}\nlabel: category [{string.Join(", ", Classes)}]";
}
