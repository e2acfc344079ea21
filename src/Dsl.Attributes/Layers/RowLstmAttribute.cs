namespace Dsl;

/// <summary>
/// A long short-term memory that reads an image row by row, with convolutions along the rows in the place of matrices:
/// [N, C, H, W] to [N, <see cref="Hidden"/>, H, W] (the Row LSTM of PixelRNN: van den Oord, Kalchbrenner and Kavukcuoglu 2016,
/// arXiv 1601.06759, section 3.1 and equation 3).
/// </summary>
/// <remarks>
/// <para>
/// Of row i: [i, f, g, o] = K_s ∗ h_(i−1) + K_x ∗ x_i + b; c_i = σ(f)∘c_(i−1) + σ(i)∘tanh(g); h_i =
/// σ(o)∘tanh(c_i), with zeros for h and c above the first row and beside each. K_s is of width k, K_x of the
/// (k + 1)/2 places up to a pixel itself: what the mask B of the paper leaves of its kernel. A pixel so sees those before it in
/// its row, itself, and a triangle of the rows above that grows by (k − 1)/2 places a row on either side, and further on the
/// left by a stack of layers.
/// </para>
/// <para>
/// It stands behind a <see cref="MaskedConv2dAttribute">[MaskedConv2d]</see> with <see cref="PixelMask.A"/>, which hides the
/// pixel itself. Colours that are told one after another are not kept apart.
/// </para>
/// <para>
/// Parameters: weight_ih [4H, C, (k+1)/2], weight_hh [4H, H, k], bias [4H], blocks in the order i, f, g, o; from U(±1/√fan_in)
/// of the convolution that each belongs to, the bias to the first.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(1, 8, 8), MaskedConv2d(32, 7, PixelMask.A), RowLstm(32), RowLstm(32), Conv2d(17, 1)]
/// public partial class Pixels;
/// </code></example>
public sealed class RowLstmAttribute : LayerAttribute
{
    /// <summary>A memory of some channels.</summary>
    /// <param name="hidden">H, the channels of state and output.</param>
    /// <param name="kernelSize">k, odd: places of the row above that a state reads.</param>
    public RowLstmAttribute(int hidden, int kernelSize = 3) => (Hidden, KernelSize) = (hidden, kernelSize);

    /// <summary>H: channels of the state and of the output.</summary>
    [Interval("[1, inf)")]
    public int Hidden { get; }

    /// <summary>k: how many places of the row above a state reads, odd.</summary>
    [Interval("[1, inf)")]
    public int KernelSize { get; }
}
