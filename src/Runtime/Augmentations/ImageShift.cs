using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Moves each image of a batch by its own number of pixels, as tensor operations on the batch's device.</summary>
public static class ImageShift
{
    /// <summary>Cuts each image, padded by zeros, at its own row and column.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="offsets">First row and column in the padded image [N, 2], int64, in 0, ..., 2·<paramref name="pixels"/>;
    /// <paramref name="pixels"/> leaves an image where it is.</param>
    /// <param name="pixels">Zeros on each side, and the largest distance that an image moves.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Apply(Tensor images, Tensor offsets, int pixels)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(offsets);
        if (AugmentationLoop.TryShift(images, offsets, pixels) is { } shifted) return shifted;
        using var scope = NewDisposeScope();
        long n = images.size(0), channels = images.size(1), height = images.size(2), width = images.size(3);
        long paddedWidth = width + 2 * pixels;
        var padded = nn.functional.pad(images, new long[] { pixels, pixels, pixels, pixels });
        var rows = Aten.add(offsets.narrow(1, 0, 1), Aten.arange(0, height, images.device));     // [N, H]
        var columns = Aten.add(offsets.narrow(1, 1, 1), Aten.arange(0, width, images.device));   // [N, W]
        var index = Aten.add(Aten.mul(rows.unsqueeze(2), paddedWidth), columns.unsqueeze(1));    // [N, H, W]
        return padded.flatten(2)
            .gather(2, index.view(n, 1, height * width).expand(n, channels, height * width))
            .view(n, channels, height, width)
            .MoveToOuterDisposeScope();
    }
}
