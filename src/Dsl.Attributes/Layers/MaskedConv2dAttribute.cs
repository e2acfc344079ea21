namespace Dsl;

/// <summary>
/// A two-dimensional convolution that sees earlier pixels alone: [N, C, H, W] to [N, <see cref="ConvolutionAttribute.Channels"/>,
/// H, W], with zeros around the image so that its size stays (van den Oord, Kalchbrenner and Kavukcuoglu 2016, arXiv 1601.06759,
/// section 3.4).
/// </summary>
/// <remarks>
/// <para>
/// Parameters: weight [out, in/groups, k, k], bias [out], from U(±1/√fan_in), fan_in = in/groups·k², as a <c>Conv2d</c> of
/// PyTorch whose weight is multiplied by a mask of zeros and ones. What the mask hides has no gradient and keeps its first value.
/// </para>
/// <para>
/// The first layer on an image has <see cref="PixelMask.A"/>, those behind it <see cref="PixelMask.B"/>. A stack of these alone
/// does not see a cone of pixels to the right of the centre in the rows above; a second stack of <see cref="PixelMask.Above"/>
/// and <see cref="PixelMask.Rows"/>, added to the first one, does (arXiv 1606.05328, figure 1).
/// </para>
/// </remarks>
/// <example><code>
/// [Model(1, 8, 8), MaskedConv2d(32, 7, PixelMask.A), ReLU, MaskedConv2d(32, 3, PixelMask.B), ReLU, Conv2d(1, 1)]
/// public partial class Pixels;
/// </code></example>
public sealed class MaskedConv2dAttribute : ConvolutionAttribute
{
    /// <summary>A masked convolution with square kernels.</summary>
    /// <param name="channels">Number of output channels.</param>
    /// <param name="kernelSize">Height and width of the kernel, odd.</param>
    /// <param name="mask">What it sees.</param>
    public MaskedConv2dAttribute(int channels, int kernelSize, PixelMask mask)
        : base(channels, kernelSize)
    {
        Mask = mask;
    }

    /// <summary>What it sees.</summary>
    public PixelMask Mask { get; }

    /// <summary>How many colours a pixel has that are told one after another. The channels, in and out, are that many groups of
    /// equal size, of the first colour first; each colour sees the earlier ones of its own pixel. Must divide both numbers of
    /// channels. Of no meaning for <see cref="PixelMask.Above"/> and <see cref="PixelMask.Rows"/>.</summary>
    [Interval("[1, inf)")]
    public int Colors { get; set; } = 1;
}
