namespace Dsl;

/// <summary>
/// Prediction of the order of frames: representations of images, or of segments of a signal, without labels. The frames of a
/// sample come in one of P orders, the network sees each by itself, and a head tells from the outputs side by side which order
/// it is: mean −log softmax(h(f(x_1), ..., f(x_T)))[p] (Misra et al. 2016, arXiv 1603.08561, for right or wrong; Lee et al.
/// 2017, arXiv 1708.01246, for which order).
/// </summary>
/// <typeparam name="THead">A class with <see cref="ModelAttribute">[Model]</see> that takes the outputs for all frames, [N,
/// T·D], and gives a logit for each order, [N, P].</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(sequences)</c>. The model takes one frame, [N, ...], and returns a vector for it, [N, D];
/// samples are [N, T, ...]. All frames of a batch are one pass of T·N, which batch normalisation sees together. The orders are a
/// table of the trainer, as that of <see cref="JigsawAttribute{THead}"/>: the first leaves frames where they are, each further
/// one is the farthest from those before; with <c>Permutations = 2</c> the answer is whether frames are in order. Nothing is
/// learned of frames between which nothing happens: take samples that move. Where motion looks alike forwards and backwards, as
/// of a pendulum, an order and its reverse cannot be told apart; the second paper counts both as one answer, which is not done
/// here.
/// </remarks>
/// <example><code>
/// [Model(128), Linear(64), ReLU, Linear(6)]
/// public partial class Order;                         // 4 frames of a vector of 32
///
/// [Trainer&lt;FrameEncoder&gt;, TemporalOrder&lt;Order&gt;(4, Permutations = 6)]
/// [Sgd(0.03, Momentum = 0.9), BatchSize(64), Epochs(100)]
/// public partial class FrameTrainer;
/// </code></example>
public sealed class TemporalOrderAttribute<THead> : SchemeAttribute
{
    /// <summary>Tells the order of some frames.</summary>
    /// <param name="frames">T: frames of a sample.</param>
    public TemporalOrderAttribute(int frames) => Frames = frames;

    /// <summary>T: frames of a sample.</summary>
    [Interval("[2, 9]")]
    public int Frames { get; }

    /// <summary>P: among how many orders the head chooses; at most T! of 2 to 4 frames.</summary>
    [Interval("[2, 1000]")]
    public int Permutations { get; set; } = 2;
}
