using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Images with frames around what is in them, for <see cref="ImageGrid.Png"/> and the page of a run.</summary>
public static class BoxPictures
{
    private static readonly (float Red, float Green, float Blue)[] Colours =
    [
        (0.9f, 0.1f, 0.1f), (0.1f, 0.8f, 0.2f), (0.2f, 0.4f, 1), (1, 0.85f, 0.1f), (0.9f, 0.2f, 0.9f), (0.1f, 0.9f, 0.9f),
    ];

    /// <summary>Enlarged images with frames of two pixels: of the detections in the colour of their class, of the objects
    /// white.</summary>
    /// <param name="images">[N, C, H, W] of 1 or 3 channels, in [0, 1].</param>
    /// <param name="detections">What was found in each image.</param>
    /// <param name="objects">What there is in each; null for none.</param>
    /// <param name="scale">Pixels for each pixel of an image, at least 1.</param>
    /// <param name="leastScore">The score from which on a detection has a frame.</param>
    /// <returns>[N, 3, H·scale, W·scale] on the CPU; the caller frees it.</returns>
    public static Tensor Draw(
        Tensor images, IReadOnlyList<Detection[]> detections, IReadOnlyList<IReadOnlyList<LabeledBox>>? objects = null,
        int scale = 4, double leastScore = 0.3)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(detections);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        if (images.dim() != 4 || images.size(1) is not (1 or 3) || images.size(0) != detections.Count)
        {
            throw new ArgumentException(
                $"There are detections of {detections.Count} images, but the images are [{string.Join(", ", images.shape)}].",
                nameof(images));
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor large = images.detach().to(CPU).to_type(ScalarType.Float32).expand(-1, 3, -1, -1)
            .repeat_interleave(scale, 2).repeat_interleave(scale, 3).contiguous();
        float[] pixels = MemoryMarshal.Cast<byte, float>(large.bytes).ToArray();
        int height = (int)large.size(2), width = (int)large.size(3);
        for (int i = 0; i < detections.Count; i++)
        {
            foreach (var known in objects?[i] ?? []) Frame(i, known.Box, (1, 1, 1));
            foreach (var found in detections[i].Where(found => found.Score >= leastScore))
                Frame(i, found.Box, Colours[found.Class % Colours.Length]);
        }

        return from_array(pixels).view(large.shape).MoveToOuterDisposeScope();

        void Frame(int image, Box box, (float Red, float Green, float Blue) colour)
        {
            int left = At(box.X1, width), right = At(box.X2, width), top = At(box.Y1, height), bottom = At(box.Y2, height);
            for (int y = top; y <= bottom; y++)
            {
                for (int x = left; x <= right; x++)
                {
                    if (x > left + 1 && x < right - 1 && y > top + 1 && y < bottom - 1) continue;
                    int place = (image * 3 * height * width) + (y * width) + x;
                    pixels[place] = colour.Red;
                    pixels[place + (height * width)] = colour.Green;
                    pixels[place + (2 * height * width)] = colour.Blue;
                }
            }
        }
    }

    private static int At(float edge, int pixels) => Math.Clamp((int)(edge * pixels), 0, pixels - 1);
}
