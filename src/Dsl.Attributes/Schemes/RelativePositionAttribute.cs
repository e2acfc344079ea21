namespace Dsl;

/// <summary>
/// Prediction of context: representations without labels. The network sees a patch of an image and one of the eight around it,
/// each by itself, and a head tells from the two outputs side by side which of the eight it is: mean −log softmax(h(f(p),
/// f(p′)))[k] (Doersch et al. 2015, arXiv 1505.05192, section 3).
/// </summary>
/// <typeparam name="THead">A class with <see cref="ModelAttribute">[Model]</see> that takes the outputs for both patches, [N,
/// 2D], and gives eight logits [N, 8].</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(images)</c>. The model takes patches [N, C, h, w] and returns a vector for each, [N, D];
/// images are [N, C, Grid·(h + Jitter), Grid·(w + Jitter)]. Both patches of all images are one pass of 2N. Neighbours count row
/// by row. Without a gap the answer is in the edges and lines that go on from patch to patch: the authors leave a gap of half a
/// patch, moved by up to 7 pixels of 96. They drop colours, too, since a lens's aberration tells where a patch was: let the
/// data source do so.
/// </remarks>
/// <example><code>
/// [Trainer&lt;PatchEncoder&gt;, RelativePosition&lt;Head&gt;(Jitter = 4)]
/// [Sgd(0.03, Momentum = 0.9), BatchSize(128), Epochs(100)]
/// public partial class EncoderTrainer;
/// </code></example>
public sealed class RelativePositionAttribute<THead> : SchemeAttribute
{
    /// <summary>Cells of an image in each direction; with more than 3, the first patch is any that is not at the
    /// border.</summary>
    [Interval("[3, inf)")]
    public int Grid { get; set; } = 3;

    /// <summary>By how many pixels a cell is larger than a patch, which lies at a random place in it: the mean gap between
    /// neighbours.</summary>
    [Interval("[0, inf)")]
    public int Jitter { get; set; }
}
