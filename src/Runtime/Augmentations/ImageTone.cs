using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Changes the tones of some images of a batch: which value stands for which, whatever its place. Equalizing and posterizing are defined
/// on bytes, as in Pillow's ImageOps: a value x stands for the byte nearest to 255x.
/// </summary>
public static class ImageTone
{
    // Values that a byte has.
    private const int Bytes = 256;

    /// <summary>Stretches each channel to 0, ..., 1; one of a single value stays.</summary>
    /// <param name="images">[N, C, H, W] in [0, 1].</param>
    /// <param name="happens">Which images, [N], bool.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor AutoContrast(Tensor images, Tensor happens)
    {
        using var scope = NewDisposeScope();
        return where(ImageColor.PerImage(happens), Stretched(images), images).MoveToOuterDisposeScope();
    }

    /// <summary>Makes all tones of each channel about equally frequent; a channel too small or too flat for it stays.</summary>
    /// <inheritdoc cref="AutoContrast"/>
    public static Tensor Equalize(Tensor images, Tensor happens)
    {
        using var scope = NewDisposeScope();
        return where(ImageColor.PerImage(happens), Equalized(images), images).MoveToOuterDisposeScope();
    }

    /// <summary>Keeps the first bits of each byte.</summary>
    /// <param name="images">[N, C, H, W] in [0, 1].</param>
    /// <param name="happens">Which images, [N], bool.</param>
    /// <param name="bits">How many, in 0, ..., 8.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Posterize(Tensor images, Tensor happens, int bits)
    {
        using var scope = NewDisposeScope();
        return where(ImageColor.PerImage(happens), Posterized(images, Math.Pow(2, 8 - bits)), images).MoveToOuterDisposeScope();
    }

    /// <summary>Inverts what is bright: 1 − x from a threshold on.</summary>
    /// <param name="images">[N, C, H, W] in [0, 1].</param>
    /// <param name="happens">Which images, [N], bool.</param>
    /// <param name="threshold">The least x that is inverted, in [0, 1].</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Solarize(Tensor images, Tensor happens, double threshold)
    {
        using var scope = NewDisposeScope();
        return where(ImageColor.PerImage(happens).logical_and(images.ge(threshold)), 1 - images, images).MoveToOuterDisposeScope();
    }

    /// <summary>Each channel's darkest pixel at 0 and its brightest at 1; a channel of one value stays.</summary>
    internal static Tensor Stretched(Tensor images)
    {
        var (low, high) = (images.amin([2, 3], true), images.amax([2, 3], true));
        var flat = high.eq(low);
        return (images - low.masked_fill(flat, 0)) / (high - low).masked_fill(flat, 1);
    }

    /// <summary>Bytes in steps, rounded down.</summary>
    internal static Tensor Posterized(Tensor images, Scalar step) => Nearest(images).div_(step).floor_().mul_(step).div_(Bytes - 1);

    /// <inheritdoc cref="Posterized(Tensor, Scalar)"/>
    internal static Tensor Posterized(Tensor images, Tensor steps) => (Nearest(images) / steps).floor_().mul_(steps).div_(Bytes - 1);

    /// <summary>
    /// The byte b of a channel becomes ⌊(⌊s/2⌋ + c(b))/s⌋, at most 255, where c(b) counts the pixels darker than b, and s is a 255th, rounded
    /// down, of all that are not of the brightest tone. A channel of which s is 0 stays.
    /// </summary>
    internal static Tensor Equalized(Tensor images)
    {
        var tones = Nearest(images).to(ScalarType.Int64).flatten(2);
        var counts = zeros([tones.size(0), tones.size(1), Bytes], ScalarType.Int64, images.device).scatter_add_(2, tones, tones.ones_like());
        var brightest = counts.gather(2, tones.amax([2], true));
        var step = (tones.size(2) - brightest).div_(Bytes - 1, RoundingMode.floor);
        var divisor = step.clamp_min(1);
        var table = (counts.cumsum(2) - counts).add_(divisor.div(2, RoundingMode.floor)).div_(divisor, RoundingMode.floor).clamp_max_(Bytes - 1);
        var equalized = table.gather(2, tones).to(images.dtype).div_(Bytes - 1).view(images.shape);
        return where(step.unsqueeze(3).gt(0), equalized, images);
    }

    private static Tensor Nearest(Tensor images) => (images * (Bytes - 1)).round_().clamp_(0, Bytes - 1);
}
