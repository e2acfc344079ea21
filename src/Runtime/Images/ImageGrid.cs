using System.Runtime.InteropServices;
using SkiaSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Images of a batch side by side in one picture: samples of a generative model, reconstructions, ways between
/// them.</summary>
public static class ImageGrid
{
    /// <summary>The picture as a PNG.</summary>
    /// <param name="images">[N, C, H, W] of real numbers, C = 1 for grey or 3 for red, green and blue.</param>
    /// <param name="columns">Images in a row; the last row may have fewer.</param>
    /// <param name="scale">Pixels of the picture for each pixel of an image, in each direction, at least 1.</param>
    /// <param name="gap">White pixels between two images, at least 0.</param>
    /// <param name="black">The number that is black.</param>
    /// <param name="white">The number that is white, another one; what lies beyond is clamped. −1 and 1 for images that end in
    /// tanh.</param>
    /// <exception cref="ArgumentException">The images have another shape, or there is none.</exception>
    public static byte[] Png(
        Tensor images, int columns, int scale = 1, int gap = 1, double black = 0, double white = 1)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        ArgumentOutOfRangeException.ThrowIfEqual(white, black);
        if (images.dim() != 4 || images.size(1) is not (1 or 3) || images.numel() == 0)
        {
            throw new ArgumentException(
                $"A picture is of images [N, 1, H, W] or [N, 3, H, W], at least one, but was given "
                + $"[{string.Join(", ", images.shape)}].", nameof(images));
        }

        var (count, channels, height, width) =
            ((int)images.size(0), (int)images.size(1), (int)images.size(2), (int)images.size(3));
        int across = Math.Min(columns, count), down = (count + columns - 1) / columns;
        byte[] bytes = Bytes(images, black, white);
        using var picture = new SKBitmap(
            (across * width * scale) + ((across - 1) * gap), (down * height * scale) + ((down - 1) * gap), SKColorType.Rgba8888,
            SKAlphaType.Opaque);
        picture.Erase(SKColors.White);
        for (int image = 0; image < count; image++)
        {
            int left = image % columns * ((width * scale) + gap), top = image / columns * ((height * scale) + gap);
            for (int y = 0; y < height * scale; y++)
            {
                for (int x = 0; x < width * scale; x++)
                {
                    int place = (y / scale * width) + (x / scale);
                    picture.SetPixel(left + x, top + y, new SKColor(At(0), At(channels / 2), At(channels - 1)));

                    byte At(int channel) => bytes[(((image * channels) + channel) * height * width) + place];
                }
            }
        }

        using var encoded = picture.Encode(SKEncodedImageFormat.Png, 100);
        return encoded.ToArray();
    }

    /// <summary>Writes the picture to a file, as <see cref="Png"/> makes it; folders on the way are made.</summary>
    /// <param name="path">The file; what stands there is replaced.</param>
    /// <param name="images">[N, 1, H, W] or [N, 3, H, W].</param>
    /// <param name="columns">Images in a row.</param>
    /// <param name="scale">Pixels of the picture for each pixel of an image, in each direction.</param>
    /// <param name="gap">White pixels between two images.</param>
    /// <param name="black">The number that is black.</param>
    /// <param name="white">The number that is white.</param>
    public static void Write(
        string path, Tensor images, int columns, int scale = 1, int gap = 1, double black = 0, double white = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] picture = Png(images, columns, scale, gap, black, white);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        File.WriteAllBytes(path, picture);
    }

    // NaN is black: a picture of a network that diverged shows it.
    private static byte[] Bytes(Tensor images, double black, double white)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var shares = Aten.div(Aten.sub(images.detach().to(CPU).to_type(ScalarType.Float64), black), white - black);
        byte[] bytes = new byte[images.numel()];
        double[] numbers = MemoryMarshal.Cast<byte, double>(shares.contiguous().bytes).ToArray();
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = double.IsNaN(numbers[i]) ? (byte)0 : (byte)Math.Round(255 * Math.Clamp(numbers[i], 0, 1));
        return bytes;
    }
}
