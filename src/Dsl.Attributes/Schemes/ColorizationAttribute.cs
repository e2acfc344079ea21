namespace Dsl;

/// <summary>
/// Colorization: representations of images without labels. The network sees an image without its colours, and a head behind it
/// tells the colour of each region, as one of Bins² cells of the plane of colours: the mean over regions of
/// −log softmax(h(f(y)))[q] (Zhang et al. 2016, arXiv 1603.08511, section 2.1).
/// </summary>
/// <typeparam name="THead">A class with <see cref="ModelAttribute">[Model]</see> that takes what the trainer's model returns and
/// gives a logit for each cell in each region, [N, Bins², h, w], h and w divisors of the image's sides; habitually a convolution
/// of 1 x 1.</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(images)</c>, images [N, 3, H, W] of red, green and blue in [0, 1]; what lies outside is
/// taken as the nearest colour. The model takes the brightness alone, [N, 1, H, W]: Y = 0.299·R + 0.587·G + 0.114·B, as it is.
/// Colours are the means of a region, by (B − Y)/1.772 and (R − Y)/1.402 of ITU-R BT.601, each in [−0.5, 0.5] and cut
/// into Bins equal parts. The authors take the plane of Lab and soft labels of five cells, and weigh rare colours up, which
/// makes pictures livelier: here every region counts the same. Grey images have nothing to tell.
/// </remarks>
/// <example><code>
/// [Model(1, 32, 32), Conv2d(32, 3, Stride = 2, Padding = 1), ReLU, Conv2d(64, 3, Stride = 2, Padding = 1), ReLU]
/// public partial class GrayEncoder;
///
/// [Model(64, 8, 8), Conv2d(64, 1)]
/// public partial class Colors;
///
/// [Trainer&lt;GrayEncoder&gt;, Colorization&lt;Colors&gt;(Bins = 8), Adam(1e-3), BatchSize(128), Epochs(50)]
/// public partial class GrayTrainer;
/// </code></example>
public sealed class ColorizationAttribute<THead> : SchemeAttribute
{
    /// <summary>Parts of each of the two axes of colour; an even number has no cell around grey.</summary>
    [Interval("[2, 64]")]
    public int Bins { get; set; } = 9;
}
