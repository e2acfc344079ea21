using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Masks of zeros and ones for the kernels of masked convolutions, [outputs, inputs, k, k]: ones where the kernel sees (van den
/// Oord et al. 2016, arXiv 1601.06759, section 3.4). Each is of the element type and on the device of another tensor.
/// </summary>
public static class PixelMasks
{
    /// <summary>What comes before the centre, row by row; of the centre itself, earlier colours.</summary>
    /// <param name="outputs">Channels that come out.</param>
    /// <param name="inputs">Channels that come in, of each group.</param>
    /// <param name="kernel">Height and width, odd.</param>
    /// <param name="groups">Groups of the convolution.</param>
    /// <param name="colors">Colours of a pixel, of equally many channels each, the first colour's first.</param>
    /// <param name="like">The tensor.</param>
    public static Tensor Before(long outputs, long inputs, long kernel, long groups, long colors, Tensor like) =>
        OfPixels(outputs, inputs, kernel, like, (o, i) =>
            Color(o, outputs, colors) > InputColor(o, i, outputs, inputs, groups, colors));

    /// <summary>What comes before the centre, row by row; of the centre itself, the own colour and earlier ones.</summary>
    /// <inheritdoc cref="Before"/>
    public static Tensor UpToCentre(long outputs, long inputs, long kernel, long groups, long colors, Tensor like) =>
        OfPixels(outputs, inputs, kernel, like, (o, i) =>
            Color(o, outputs, colors) >= InputColor(o, i, outputs, inputs, groups, colors));

    /// <summary>The rows above the centre's.</summary>
    /// <inheritdoc cref="Before"/>
    public static Tensor RowsAbove(long outputs, long inputs, long kernel, Tensor like) =>
        Of(outputs, inputs, kernel, like, (_, _, row, _) => row < kernel / 2);

    /// <summary>The rows above the centre's, and its own.</summary>
    /// <inheritdoc cref="Before"/>
    public static Tensor RowsUpToCentre(long outputs, long inputs, long kernel, Tensor like) =>
        Of(outputs, inputs, kernel, like, (_, _, row, _) => row <= kernel / 2);

    private static Tensor OfPixels(long outputs, long inputs, long kernel, Tensor like, Func<long, long, bool> seesCentre)
    {
        long centre = kernel / 2;
        return Of(outputs, inputs, kernel, like, (o, i, row, column) =>
            row < centre || (row == centre && column < centre) || (row == centre && column == centre && seesCentre(o, i)));
    }

    private static Tensor Of(long outputs, long inputs, long kernel, Tensor like, Func<long, long, long, long, bool> sees)
    {
        ArgumentNullException.ThrowIfNull(like);
        var ones = new float[outputs * inputs * kernel * kernel];
        int at = 0;
        for (long o = 0; o < outputs; o++)
        {
            for (long i = 0; i < inputs; i++)
            {
                for (long place = 0; place < kernel * kernel; place++)
                    ones[at++] = sees(o, i, place / kernel, place % kernel) ? 1 : 0;
            }
        }

        using var scope = NewDisposeScope();
        var mask = tensor(ones, [outputs, inputs, kernel, kernel]);
        return mask.to(like.dtype, like.device).clone().MoveToOuterDisposeScope();
    }

    private static long Color(long channel, long channels, long colors) => channel * colors / channels;

    /// <summary>The colour of a group's channel: a group sees a part of the channels that come in.</summary>
    private static long InputColor(long output, long input, long outputs, long inputs, long groups, long colors) =>
        Color((output * groups / outputs * inputs) + input, inputs * groups, colors);
}
