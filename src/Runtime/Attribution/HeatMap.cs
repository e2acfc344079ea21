using SkiaSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>An attribution as a picture over its image: red where it is positive, blue where it is negative, as strong as its
/// share of the largest.</summary>
public static class HeatMap
{
    /// <summary>The picture as a PNG file's bytes.</summary>
    /// <param name="image">[1, H, W] or [3, H, W] of numbers from 0 to 1; others are cut off.</param>
    /// <param name="map">[h, w] or [C, H, W], of which the sum over channels is shown; another size than the image's, as
    /// Grad-CAM's, is interpolated.</param>
    /// <param name="scale">How many pixels a pixel of the image gets a side, at least 1.</param>
    /// <exception cref="DataMismatchException">Another shape, or a map that is not finite.</exception>
    public static byte[] Png(Tensor image, Tensor map, int scale = 1)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(map);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        if (image.dim() != 3 || image.size(0) is not (1 or 3) || map.dim() is not (2 or 3))
        {
            throw new DataMismatchException(
                $"A picture is of an image [1, H, W] or [3, H, W] and a map [h, w] or [C, H, W], but these are "
                + $"[{string.Join(", ", image.shape)}] and [{string.Join(", ", map.shape)}].");
        }

        FiniteData.Require(map, "attributions");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        int height = (int)image.size(1), width = (int)image.size(2);
        var flat = (map.dim() == 3 ? map.sum(0) : map).detach().to_type(ScalarType.Float32).cpu();
        if (flat.size(0) != height || flat.size(1) != width)
        {
            flat = nn.functional.interpolate(
                flat.reshape(1, 1, flat.size(0), flat.size(1)), [height, width], mode: InterpolationMode.Bilinear,
                align_corners: false).reshape(height, width);
        }

        float[] heat = Numbers(flat), pixels = Numbers(image.detach().to_type(ScalarType.Float32).cpu());
        float largest = Math.Max(heat.Max(Math.Abs), float.Epsilon);
        using var bitmap = new SKBitmap(width * scale, height * scale, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int y = 0; y < height * scale; y++)
        {
            for (int x = 0; x < width * scale; x++)
            {
                int place = (y / scale * width) + (x / scale);
                float share = heat[place] / largest;
                bitmap.SetPixel(x, y, new SKColor(
                    Mixed(0, share > 0 ? 1 : 0), Mixed(1, 0), Mixed(2, share < 0 ? 1 : 0)));

                byte Mixed(int channel, float colour)
                {
                    float own = Math.Clamp(pixels[((image.size(0) == 1 ? 0 : channel) * height * width) + place], 0, 1);
                    return (byte)Math.Round(255 * (own + (Math.Abs(share) * (colour - own))));
                }
            }
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>Writes the picture to a PNG file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="image">As of <see cref="Png"/>.</param>
    /// <param name="map">As of <see cref="Png"/>.</param>
    /// <param name="scale">As of <see cref="Png"/>.</param>
    public static void Save(string path, Tensor image, Tensor map, int scale = 1) =>
        File.WriteAllBytes(path, Png(image, map, scale));

    private static float[] Numbers(Tensor tensor) => EmbeddingRows.ToArray<float>(tensor);
}
