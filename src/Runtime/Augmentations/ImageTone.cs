using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Changes the tones of some images of a batch: which value stands for which, whatever its place. Equalizing and posterizing
/// are defined on bytes, as in Pillow's ImageOps: a value x stands for the byte nearest to 255x.
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
        var inverted = ImageColor.PerImage(happens).logical_and(Aten.ge(images, threshold));
        return where(inverted, Aten.sub(1, images), images).MoveToOuterDisposeScope();
    }

    /// <summary>Each channel's darkest pixel at 0 and its brightest at 1; a channel of one value stays.</summary>
    internal static Tensor Stretched(Tensor images)
    {
        var (low, high) = (images.amin([2, 3], true), images.amax([2, 3], true));
        var flat = high.eq(low);
        return (images - Aten.masked_fill(low, flat, 0)) / Aten.masked_fill(high - low, flat, 1);
    }

    /// <summary>Bytes in steps, rounded down.</summary>
    internal static Tensor Posterized(Tensor images, double step) =>
        Aten.div_(Aten.mul_(Aten.div_(Nearest(images), step).floor_(), step), Bytes - 1);

    /// <inheritdoc cref="Posterized(Tensor, double)"/>
    internal static Tensor Posterized(Tensor images, Tensor steps) =>
        Aten.div_((Nearest(images) / steps).floor_().mul_(steps), Bytes - 1);

    /// <summary>
    /// The byte b of a channel becomes ⌊(⌊s/2⌋ + c(b))/s⌋, at most 255, where c(b) counts the pixels darker than b, and s is a
    /// 255th, rounded down, of all that are not of the brightest tone. A channel of which s is 0 stays.
    /// </summary>
    internal static Tensor Equalized(Tensor images)
    {
        var tones = Nearest(images).to(ScalarType.Int64).flatten(2);
        var counts = zeros([tones.size(0), tones.size(1), Bytes], ScalarType.Int64, images.device)
            .scatter_add_(2, tones, tones.ones_like());
        var brightest = counts.gather(2, tones.amax([2], true));
        var step = Aten.floor_divide_(Aten.sub(tones.size(2), brightest), Bytes - 1);
        var divisor = Aten.clamp_min(step, 1);
        var darker = Aten.add_(counts.cumsum(2) - counts, Aten.floor_divide(divisor, 2));
        var table = Aten.clamp_max_(darker.div_(divisor, RoundingMode.floor), Bytes - 1);
        var equalized = Aten.div_(table.gather(2, tones).to(images.dtype), Bytes - 1).view(images.shape);
        return where(Aten.gt(step.unsqueeze(3), 0), equalized, images);
    }

    private static Tensor Nearest(Tensor images) => Aten.clamp_(Aten.mul(images, Bytes - 1).round_(), 0, Bytes - 1);
}
