using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Changes the colours of each image of a batch by its own amount. Images are in [0, 1], before and after.</summary>
public static class ImageColor
{
    // The weights of red, green and blue in ITU-R BT.601's luma, as torchvision rounds them.
    private const double Red = 0.2989, Green = 0.587, Blue = 0.114;

    /// <summary>x times a factor.</summary>
    /// <param name="images">[N, C, H, W] in [0, 1].</param>
    /// <param name="factors">[N], at least 0; 1 changes nothing.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Brightness(Tensor images, Tensor factors)
    {
        using var scope = NewDisposeScope();
        return Aten.clamp_(images * PerImage(factors), 0, 1).MoveToOuterDisposeScope();
    }

    /// <summary>Distance from the mean grey of the image times a factor.</summary>
    /// <inheritdoc cref="Brightness"/>
    public static Tensor Contrast(Tensor images, Tensor factors)
    {
        using var scope = NewDisposeScope();
        return Blend(MeanGrey(images), images, PerImage(factors)).MoveToOuterDisposeScope();
    }

    /// <summary>Distance from the grey of the pixel times a factor.</summary>
    /// <param name="images">[N, 3, H, W] in [0, 1].</param>
    /// <param name="factors">[N], at least 0; 1 changes nothing.</param>
    /// <returns>[N, 3, H, W]; the caller frees it.</returns>
    public static Tensor Saturation(Tensor images, Tensor factors)
    {
        using var scope = NewDisposeScope();
        return Blend(Grey(images), images, PerImage(factors)).MoveToOuterDisposeScope();
    }

    /// <summary>Turns the hue.</summary>
    /// <param name="images">[N, 3, H, W] in [0, 1].</param>
    /// <param name="turns">[N] in [−0.5, 0.5], as a share of the circle; 0 changes nothing.</param>
    /// <returns>[N, 3, H, W]; the caller frees it.</returns>
    public static Tensor Hue(Tensor images, Tensor turns)
    {
        using var scope = NewDisposeScope();
        var (red, green, blue) = (images.select(1, 0), images.select(1, 1), images.select(1, 2));
        var value = images.amax([1]);
        var chroma = value - images.amin([1]);
        var grey = Aten.eq(chroma, 0);

        // The sextant of the circle in which the hue lies, counted from red.
        var divisor = Aten.masked_fill(chroma, grey, 1);
        var fromRed = (green - blue) / divisor;
        var fromGreen = Aten.add_((blue - red) / divisor, 2);
        var fromBlue = Aten.add_((red - green) / divisor, 4);
        var hue = where(value.eq(red), fromRed, where(value.eq(green), fromGreen, fromBlue));
        var turned = Aten.add(hue, Aten.mul(turns.view(-1, 1, 1), 6));

        // Each channel is full within a sextant of its own colour and falls, over the next, to value minus chroma.
        var channels = new[] { 5, 3, 1 }.Select(offset =>
        {
            var distance = Aten.remainder(Aten.add(turned, offset), 6);
            return value - (chroma * Aten.clamp_(minimum(distance, Aten.sub(4, distance)), 0, 1));
        });
        return stack(channels, 1).MoveToOuterDisposeScope();
    }

    /// <summary>degenerate + factor·(images − degenerate), cut to [0, 1].</summary>
    internal static Tensor Blend(Tensor degenerate, Tensor images, Tensor factors) =>
        Aten.clamp_(Aten.add(degenerate, factors * (images - degenerate)), 0, 1);

    /// <summary>[N, 1, H, W].</summary>
    internal static Tensor Grey(Tensor images)
    {
        if (images.size(1) == 1) return images;
        var red = Aten.mul(images.narrow(1, 0, 1), Red);
        return Aten.add_(Aten.add_(red, images.narrow(1, 1, 1), Green), images.narrow(1, 2, 1), Blue);
    }

    /// <summary>[N, 1, 1, 1].</summary>
    internal static Tensor MeanGrey(Tensor images) => Grey(images).mean([1, 2, 3], true);

    /// <summary>A number for each image against images.</summary>
    internal static Tensor PerImage(Tensor numbers) => numbers.view(-1, 1, 1, 1);
}
