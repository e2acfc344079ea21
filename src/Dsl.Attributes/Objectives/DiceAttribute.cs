namespace Dsl;

/// <summary>
/// Soft Dice loss of a map of classes: what the predicted and the given area of each class share, over both. It compares areas
/// and not pixels, so that a class of few pixels counts as much as one of many. As in V-Net, the mean over images and classes of
/// 1 − (2·Σ p·g + ε)/(Σ p² + Σ g² + ε) (Milletari et al. 2016, arXiv 1606.04797, section 3); or generalised, where the
/// classes of an image are one quotient in which each is divided by its squared area (Sudre et al. 2017, arXiv 1707.03237,
/// section 2).
/// </summary>
/// <remarks>
/// Logits [N, K, H, W] with labels [N, H, W] int64, or [N, T, K] with [N, T]; p is the softmax, g is 1 at the label's class.
/// Places of -100 count neither way. A class that an image has nothing of has a loss near 1 until almost nothing is said to be
/// it, whose gradient is small but for a large ε: take the sums <see cref="OverBatch"/>, or put
/// <c>[CrossEntropy(PerPosition = true)]</c> beside it, as is habitual.
/// </remarks>
/// <example><code>
/// [Model(3, 64, 64), Conv2d(16, 3, Padding = 1), ReLU, Conv2d(4, 3, Padding = 1)]
/// public partial class Net;
///
/// [Trainer&lt;Net&gt;, CrossEntropy(PerPosition = true), Dice, Adam(1e-3)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class DiceAttribute : TermAttribute
{
    /// <summary>A prediction for each position, which the loss is about.</summary>
    public DiceAttribute() => PerPosition = true;

    /// <summary>Whether the classes are one quotient, 1 − (2·Σ_k w_k·Σ p·g + ε)/(Σ_k w_k·(Σ p + Σ g) + ε) with
    /// w_k = 1/(Σ g)²; a class without an area weighs as much as the smallest that has one.</summary>
    public bool Generalized { get; set; }

    /// <summary>Whether sums are over all images of a batch, and not of each image.</summary>
    public bool OverBatch { get; set; }

    /// <summary>Whether class 0 counts, which is habitually background.</summary>
    public bool Background { get; set; } = true;

    /// <summary>ε: what keeps the quotient of a class without an area finite.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 1e-5;
}
