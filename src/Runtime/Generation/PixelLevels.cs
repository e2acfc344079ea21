using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Pixels of a few levels, and how they are drawn one after another.</summary>
public static class PixelLevels
{
    /// <summary>The nearest level of each pixel, the upper one of two equally near.</summary>
    /// <param name="images">Numbers of [0, 1], of any shape.</param>
    /// <param name="levels">K, at least 2.</param>
    /// <returns>int64 in 0, ..., K − 1, of the same shape; the caller frees it.</returns>
    public static Tensor Of(Tensor images, int levels)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Places(images, levels).to_type(ScalarType.Int64).MoveToOuterDisposeScope();
    }

    /// <summary>Each pixel as its nearest level, k/(K − 1).</summary>
    /// <inheritdoc cref="Of"/>
    /// <returns>Numbers of [0, 1], of the same shape; the caller frees them.</returns>
    public static Tensor Rounded(Tensor images, int levels)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Aten.div(Places(images, levels), levels - 1.0).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Images drawn pixel by pixel, colour by colour, of what a network tells by the earlier ones: the level of a pixel is the
    /// first one below whose end of the distribution function its number lies.
    /// </summary>
    /// <param name="numbers">Numbers drawn evenly from [0, 1) [N, C, H, W], one for each pixel.</param>
    /// <param name="network">A network from images to logits, [N, C, H, W] for two levels and [N, C·K, H, W] for more; in
    /// evaluation mode meanwhile.</param>
    /// <param name="levels">K, at least 2.</param>
    /// <returns>[N, C, H, W], numbers k/(K − 1); the caller frees it.</returns>
    public static Tensor Draw(Tensor numbers, nn.Module<Tensor, Tensor> network, int levels)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        using var images = zeros_like(numbers);
        return Below(numbers, images, network, levels, 0);
    }

    /// <summary>Images of labels, drawn as by <see cref="Draw(Tensor, nn.Module{Tensor, Tensor}, int)"/>.</summary>
    /// <param name="numbers">As there.</param>
    /// <param name="labels">What the images shall be, [N] int64.</param>
    /// <param name="network">As there, of images and labels.</param>
    /// <param name="levels">As there.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Draw(Tensor numbers, Tensor labels, nn.Module<Tensor, Tensor, Tensor> network, int levels)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        using var images = zeros_like(numbers);
        return Below(numbers, images, labels, network, levels, 0);
    }

    /// <summary>Images whose first rows are given, and whose others are drawn as by <see
    /// cref="Draw(Tensor, nn.Module{Tensor, Tensor}, int)"/>.</summary>
    /// <param name="numbers">As there; those of given rows are not read.</param>
    /// <param name="images">[N, C, H, W], of [0, 1]: rounded to levels.</param>
    /// <param name="network">As there.</param>
    /// <param name="levels">K, at least 2.</param>
    /// <param name="rows">How many rows stay, in 0, ..., H.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Below(Tensor numbers, Tensor images, nn.Module<Tensor, Tensor> network, int levels, long rows)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Below(numbers, images, network, network.forward, levels, rows);
    }

    /// <summary>Images of labels, whose first rows are given, drawn as by <see cref="Below(Tensor, Tensor, nn.Module{Tensor,
    /// Tensor}, int, long)"/>.</summary>
    /// <param name="numbers">As there.</param>
    /// <param name="images">As there.</param>
    /// <param name="labels">What the images are, [N] int64.</param>
    /// <param name="network">As there, of images and labels.</param>
    /// <param name="levels">As there.</param>
    /// <param name="rows">As there.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Below(
        Tensor numbers, Tensor images, Tensor labels, nn.Module<Tensor, Tensor, Tensor> network, int levels, long rows)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(network);
        return Below(numbers, images, network, drawn => network.forward(drawn, labels), levels, rows);
    }

    private static Tensor Below(
        Tensor numbers, Tensor images, nn.Module network, Func<Tensor, Tensor> ask, int levels, long rows)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 2);
        if (numbers.dim() != 4 || !numbers.shape.AsSpan().SequenceEqual(images.shape))
        {
            throw new DataMismatchException(
                $"The numbers are [{string.Join(", ", numbers.shape)}], but the images [{string.Join(", ", images.shape)}]: "
                + "draw one for each pixel, [N, C, H, W].");
        }

        long height = images.size(2), width = images.size(3), colors = images.size(1);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, height);
        return FrozenNetwork.Evaluating(network, () =>
        {
            using var scope = NewDisposeScope();
            var drawn = Rounded(images, levels);
            if (rows < height) drawn.narrow(2, rows, height - rows).zero_();
            for (long place = rows * width * colors; place < height * width * colors; place++)
            {
                using var ofPixel = NewDisposeScope();
                var (row, column, color) = (place / colors / width, place / colors % width, place % colors);
                var logits = Pixel(ask(drawn), row, column);
                var number = Pixel(numbers, row, column).narrow(1, color, 1);
                Pixel(drawn, row, column).narrow(1, color, 1)
                    .copy_(Aten.div(Level(logits, number, color, levels), levels - 1.0));
            }

            return drawn.MoveToOuterDisposeScope();
        });
    }

    /// <summary>The level [N, 1] that a number [N, 1] stands for.</summary>
    private static Tensor Level(Tensor logits, Tensor number, long color, int levels)
    {
        if (levels == 2) return number.ge(logits.narrow(1, color, 1).neg().sigmoid()).to_type(number.dtype);

        // The last end is 1 but for rounding: it would be a level of its own.
        var ends = logits.narrow(1, color * levels, levels).to_type(ScalarType.Float64).softmax(1).cumsum(1)
            .narrow(1, 0, levels - 1);
        return ends.le(number.to_type(ScalarType.Float64)).sum(1, keepdim: true).to_type(number.dtype);
    }

    private static Tensor Pixel(Tensor images, long row, long column) => images.select(3, column).select(2, row);

    private static Tensor Places(Tensor images, int levels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 2);
        return Aten.add(Aten.mul(images, levels - 1.0), 0.5).floor();
    }
}
