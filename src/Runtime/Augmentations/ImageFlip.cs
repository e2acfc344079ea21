using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Mirrors some images of a batch.</summary>
public static class ImageFlip
{
    /// <summary>Mirrors left and right.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="flipped">Which images, [N], bool.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Horizontal(Tensor images, Tensor flipped) => Along(images, flipped, 3);

    /// <summary>Mirrors top and bottom.</summary>
    /// <inheritdoc cref="Horizontal"/>
    public static Tensor Vertical(Tensor images, Tensor flipped) => Along(images, flipped, 2);

    private static Tensor Along(Tensor images, Tensor flipped, long dimension)
    {
        using var mirrored = images.flip(dimension);
        using var chosen = flipped.view(-1, 1, 1, 1);
        return where(chosen, mirrored, images);
    }
}
