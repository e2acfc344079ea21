using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Images in the declared size.</summary>
internal static class ImageResizer
{
    // Where an image is so narrow that a scaled one would not fit into memory, nothing of it would be seen either.
    private const long MostPixels = 1 << 26;

    /// <summary>An image in the declared size.</summary>
    /// <param name="pixels">[H, W, C].</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="schema">The declared size.</param>
    /// <returns>[C, H, W].</returns>
    public static byte[] Resize(byte[] pixels, int width, int height, string name, ImageSchema schema)
    {
        var (toHeight, toWidth) = Scaled(width, height, name, schema);
        using var scope = NewDisposeScope();
        var image = TensorMemory.Filled<byte>(pixels, ScalarType.Byte, 1, height, width, schema.Channels).permute(0, 3, 1, 2);
        if ((toHeight, toWidth) != (height, width)) image = Aten._upsample_bilinear2d_aa(image, [toHeight, toWidth]);
        var planes = Bytes(image.contiguous());
        return (toHeight, toWidth) == (schema.Height, schema.Width) ? planes : Placed(planes, toWidth, toHeight, schema);
    }

    /// <summary>The grey of a colour, in Pillow's integers.</summary>
    public static byte Grey(int red, int green, int blue)
    {
        // 0.299, 0.587 and 0.114 of 2^16.
        const int ofRed = 19_595, ofGreen = 38_470, ofBlue = 7_471, half = 1 << 15, bits = 16;
        return (byte)((red * ofRed + green * ofGreen + blue * ofBlue + half) >> bits);
    }

    /// <summary>Red, green and blue of 0xRRGGBB.</summary>
    public static int[] Colors(int color) => [color >> 16 & byte.MaxValue, color >> 8 & byte.MaxValue, color & byte.MaxValue];

    /// <summary>The size that an image is scaled to, before what sticks out is cut off and what is missing filled up.</summary>
    private static (int Height, int Width) Scaled(int width, int height, string name, ImageSchema schema)
    {
        int wantedWidth = schema.Width, wantedHeight = schema.Height;
        if ((width, height) == (wantedWidth, wantedHeight)) return (height, width);
        bool isWider = (long)width * wantedHeight > (long)height * wantedWidth;
        (long Height, long Width) scaled = schema.Scaling switch
        {
            ImageScaling.Stretch => (wantedHeight, wantedWidth),
            ImageScaling.Crop when isWider => (wantedHeight, (long)width * wantedHeight / height),
            ImageScaling.Crop => ((long)height * wantedWidth / width, wantedWidth),
            ImageScaling.Pad when isWider => (Rounded((double)height / width * wantedWidth), wantedWidth),
            ImageScaling.Pad => (wantedHeight, Rounded((double)width / height * wantedHeight)),
            _ => throw new InvalidDataException($"{name} has {width} x {height} pixels, but {schema.Name} is declared with "
                + $"{wantedWidth} x {wantedHeight}: bring it to this size, or say how by Resize = ImageResize.Crop in "
                + "[ImageFolder(...)]."),
        };
        return scaled.Height * scaled.Width <= MostPixels ? ((int)scaled.Height, (int)scaled.Width)
            : throw new InvalidDataException($"{name} has {width} x {height} pixels, so narrow that scaling it to "
                + $"{scaled.Width} x {scaled.Height} would take more than {MostPixels} pixels: take it out, or "
                + "declare ImageResize.Stretch.");
    }

    // As Python's round: halves to the even number. Nothing is scaled away.
    private static long Rounded(double size) => Math.Max(1, (long)Math.Round(size, MidpointRounding.ToEven));

    /// <summary>The middle of a scaled image, or the image in the middle of the background.</summary>
    private static byte[] Placed(byte[] planes, int width, int height, ImageSchema schema)
    {
        var result = new byte[schema.Size];
        int[] colors = Colors(schema.Background);
        int left = Middle(width, schema.Width), top = Middle(height, schema.Height);
        for (int channel = 0; channel < schema.Channels; channel++)
        {
            var source = planes.AsSpan(channel * height * width, height * width);
            var target = result.AsSpan(channel * schema.Height * schema.Width, schema.Height * schema.Width);
            target.Fill(schema.Channels == 1 ? Grey(colors[0], colors[1], colors[2]) : (byte)colors[channel]);
            for (int row = Math.Max(0, -top); row < schema.Height && row + top < height; row++)
            {
                int first = Math.Max(0, left), count = Math.Min(width, schema.Width);
                source.Slice((row + top) * width + first, count).CopyTo(target.Slice(row * schema.Width + Math.Max(0, -left)));
            }
        }

        return result;
    }

    /// <summary>The first row or column of the scaled image that is seen; below 0 where there is more room than image.</summary>
    private static int Middle(int size, int wanted) => size >= wanted
        ? (int)Math.Round((size - wanted) / 2.0, MidpointRounding.ToEven)
        : -(int)Math.Round((wanted - size) / 2.0, MidpointRounding.ToEven);

    private static unsafe byte[] Bytes(Tensor tensor)
    {
        byte[] bytes = new ReadOnlySpan<byte>(TensorMemory.Pointer(tensor), checked((int)tensor.numel())).ToArray();
        GC.KeepAlive(tensor);
        return bytes;
    }
}
