using static TorchSharp.torch;

namespace Bench.Eager;

/// <summary>Moves each image by up to some pixels in both directions, zeros coming in: the twin of <see cref="Weak"/> and
/// <see cref="WeakView"/>.</summary>
internal static class RandomShift
{
    /// <summary>Where each of some images begins in its padded image, [N, 2].</summary>
    public static Tensor DrawOffsets(long count, int pixels) => randint(0, 2 * pixels + 1, [count, 2], ScalarType.Int64);

    /// <summary>Cuts each image [N, C, H, W] at its own place.</summary>
    public static Tensor Apply(Tensor images, Tensor offsets, int pixels)
    {
        using var scope = NewDisposeScope();
        var (count, channels, height, width) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var padded = nn.functional.pad(images, (pixels, pixels, pixels, pixels));
        var rows = offsets.narrow(1, 0, 1) + arange(height, ScalarType.Int64);
        var columns = offsets.narrow(1, 1, 1) + arange(width, ScalarType.Int64);
        var index = rows.unsqueeze(2) * (width + 2 * pixels) + columns.unsqueeze(1);
        return padded.flatten(2)
            .gather(2, index.view(count, 1, height * width).expand(count, channels, height * width))
            .view(count, channels, height, width)
            .MoveToOuterDisposeScope();
    }
}
