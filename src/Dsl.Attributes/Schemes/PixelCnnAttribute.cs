namespace Dsl;

/// <summary>
/// An autoregressive model of images: the network tells the distribution of each pixel by the pixels before it, row by row from
/// the top and each from left to right, so that log p(x) = Σ log p(x_i | x_1, ..., x_{i−1}) is exact (van den Oord,
/// Kalchbrenner and Kavukcuoglu 2016, arXiv 1601.06759, equations 1 and 2; van den Oord et al. 2016, arXiv 1606.05328).
/// </summary>
/// <remarks>
/// <para>
/// The model takes images [N, C, H, W] of [0, 1] and returns logits: with two levels [N, C, H, W], of the chance that a pixel
/// is 1 (Bernoulli); with K levels [N, C·K, H, W], of the first colour first (a softmax over K). A pixel is rounded to the
/// nearest of K levels 0, 1/(K − 1), ..., 1, and the network sees the rounded one: with two levels 0.5 and more is 1. <see
/// cref="MaskedConv2dAttribute">[MaskedConv2d]</see> makes a network that sees earlier pixels alone; the compiler proves it and
/// refuses another. Without the layer's <c>Colors = C</c> the colours of a pixel are independent, given earlier pixels.
/// </para>
/// <para>
/// What is minimised is the mean over the batch of −log p(x), in nats. All in evaluation mode, of the average where there is
/// <c>[WeightAverage]</c>: <c>EvaluateLikelihood(data)</c> tells it with the bits a dimension; <c>Sample(count, seed)</c> draws
/// images pixel by pixel, a pass of the network for each number; <c>Complete(input, rows, seed)</c> draws what comes below rows
/// that are given.
/// </para>
/// <para>
/// With <see cref="Label"/> the network is given the label of each image and tells log p(x|y) (1606.05328, section 2.3):
/// <c>Fit</c> and <c>EvaluateLikelihood</c> then read labels, of which none may be left out, <c>Sample(labels, seed)</c> draws
/// an image for each, and <c>Complete(input, labels, rows, seed)</c> takes them. How the network uses the label is its own: a
/// <see cref="ChannelBiasAttribute">[ChannelBias]</see> of an embedding in each layer is that of the paper.
/// </para>
/// <para>Nothing else is minimised: no objective, mixing or other scheme stands beside it.</para>
/// </remarks>
/// <example><code>
/// [Model(1, 8, 8), MaskedConv2d(32, 5, PixelMask.A), ReLU, MaskedConv2d(32, 3, PixelMask.B), ReLU, Conv2d(17, 1)]
/// public partial class Pixels;
///
/// [Trainer&lt;Pixels&gt;, PixelCnn(17), Adam(1e-3), BatchSize(64), Epochs(100)]
/// public partial class PixelsTrainer;
/// </code></example>
public sealed class PixelCnnAttribute : SchemeAttribute
{
    /// <summary>A number of levels.</summary>
    /// <param name="levels">K: 2 for black and white, 256 for bytes.</param>
    public PixelCnnAttribute(int levels) => Levels = levels;

    /// <summary>K: the values that a pixel can have, evenly spread over [0, 1].</summary>
    [Interval("[2, 65536]")]
    public int Levels { get; }

    /// <summary>The input that labels go into, integers [N] in 0, ..., C − 1:
    /// <c>Input("digit", Elements = Elements.Index)</c>. Empty where images have no condition.</summary>
    public string Label { get; set; } = "";

    /// <summary>C: classes of the labels; 0 without labels.</summary>
    [Interval("[0, inf)")]
    public int Classes { get; set; }
}
