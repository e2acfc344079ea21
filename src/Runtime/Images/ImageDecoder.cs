using SkiaSharp;

namespace Dsl.Runtime;

/// <summary>PNG and JPEG files as bytes of pixels, upright.</summary>
internal static class ImageDecoder
{
    // Pillow's limit: what is larger is more often an attack, or a mistake, than an image to learn from.
    private const long MostPixels = 178_956_970;

    // What one byte of a file can stand for at most. A block of 8 x 8 pixels of a JPEG takes one bit or more (its first
    // coefficient has a Huffman code). A PNG's DEFLATE makes 258 bytes of two bits or more (RFC 1951, 3.2.5), a byte is eight
    // pixels of one bit.
    private const int JpegPixelsPerByte = 8 * 8 * 8, PngPixelsPerByte = 258 * 4 * 8;

    private const int Rgba = 4;

    /// <summary>The image of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">What a model gets of it.</param>
    /// <returns>Its bytes, [C, H, W].</returns>
    /// <exception cref="InvalidDataException">It is no such image; the message names file and remedy.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static byte[] Read(string path, ImageSchema schema)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} does not exist.", path);
        return Decode(File.ReadAllBytes(path), path, schema);
    }

    /// <summary>The image of encoded bytes.</summary>
    /// <param name="content">PNG or JPEG.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="schema">What a model gets of it.</param>
    /// <returns>Its bytes, [C, H, W].</returns>
    /// <exception cref="InvalidDataException">It is no such image; the message says the remedy.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> content, string name, ImageSchema schema)
    {
        if (content.IsEmpty) throw new InvalidDataException($"{name} is empty: take it out, or write it anew.");
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data)
            ?? throw new InvalidDataException($"{name} is no PNG or JPEG image, or damaged from its first bytes on: take it out, "
                + "or write it anew.");
        if (codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg))
        {
            throw new InvalidDataException(
                $"{name} is a {codec.EncodedFormat.ToString().ToUpperInvariant()} image: convert it to PNG or JPEG.");
        }

        int width = codec.Info.Width, height = codec.Info.Height;
        if ((long)width * height > MostPixels)
        {
            throw new InvalidDataException(
                $"{name} has {width} x {height} pixels, more than the {MostPixels} that are read: make it smaller.");
        }

        // Before the pixels get memory: a few damaged bytes could ask for any amount of it.
        int perByte = codec.EncodedFormat == SKEncodedImageFormat.Png ? PngPixelsPerByte : JpegPixelsPerByte;
        if ((long)width * height > (long)content.Length * perByte)
        {
            throw new InvalidDataException(
                $"{name} says that it has {width} x {height} pixels, more than its {content.Length} bytes can hold: it is cut "
                + "short or damaged; take it out, or write it anew.");
        }

        var pixels = new byte[width * height * Rgba];
        Require(Fill(codec, new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul), pixels), name);
        var upright = ImageOrientation.Turn(pixels, ref width, ref height, codec.EncodedOrigin);
        var channels = Channels(upright, schema);
        return ImageResizer.Resize(channels, width, height, name, schema);
    }

    private static unsafe SKCodecResult Fill(SKCodec codec, SKImageInfo info, byte[] pixels)
    {
        fixed (byte* first = pixels) return codec.GetPixels(info, (nint)first);
    }

    private static void Require(SKCodecResult result, string name)
    {
        if (result == SKCodecResult.Success) return;
        string what = result == SKCodecResult.IncompleteInput ? "is cut short" : $"is damaged ({result})";
        throw new InvalidDataException($"{name} {what}: take it out, or write it anew.");
    }

    /// <summary>Red, green, blue and opacity as the declared channels, on the background: [H, W, C].</summary>
    private static byte[] Channels(byte[] pixels, ImageSchema schema)
    {
        int count = pixels.Length / Rgba, channels = schema.Channels;
        var result = new byte[count * channels];
        int[] background = ImageResizer.Colors(schema.Background);
        for (int i = 0; i < count; i++)
        {
            var pixel = pixels.AsSpan(i * Rgba, Rgba);
            int opacity = pixel[3];
            int red = On(pixel[0], opacity, background[0]);
            int green = On(pixel[1], opacity, background[1]);
            int blue = On(pixel[2], opacity, background[2]);
            if (channels == 1)
            {
                result[i] = ImageResizer.Grey(red, green, blue);
                continue;
            }

            result[i * channels] = (byte)red;
            result[i * channels + 1] = (byte)green;
            result[i * channels + 2] = (byte)blue;
        }

        return result;
    }

    private static int On(int color, int opacity, int background) =>
        (color * opacity + background * (byte.MaxValue - opacity) + byte.MaxValue / 2) / byte.MaxValue;
}
