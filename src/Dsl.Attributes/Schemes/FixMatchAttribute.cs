namespace Dsl;

/// <summary>
/// FixMatch: the class that the network is sure of for a weakly augmented input is the label of the strongly augmented one,
/// λ·mean 1[max p_w ≥ τ]·(−log softmax(z_s)[argmax p_w]), over the whole unlabelled batch (Sohn et al. 2020, arXiv 2001.07685,
/// equations 3 and 4).
/// </summary>
/// <typeparam name="TWeak">A class with <see cref="AugmentationAttribute">[Augmentation]</see>: the view that is predicted. It is
/// the labelled batch's too, where no <c>[Augment&lt;T&gt;]</c> says otherwise.</typeparam>
/// <typeparam name="TStrong">The view that is trained.</typeparam>
/// <remarks>
/// Added to a labelled objective; reads a second stream of unlabelled images in <c>Fit</c> and <c>Batch</c>. Labelled, weak and
/// strong views go through the network as one batch of N + 2U, whose statistics batch normalisation takes, as in the authors'
/// code. Targets are constants. Habitually with
/// <c>[BatchSize(64, Unlabeled = 448)]</c> and <c>[WeightAverage(Decay = 0.999)]</c>.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Net&gt;, CrossEntropy, FixMatch&lt;Weak, Strong&gt;(Threshold = 0.95), WeightAverage(Decay = 0.999)]
/// [Sgd(0.03, Momentum = 0.9, Nesterov = true), Cosine, BatchSize(64, Unlabeled = 448), Steps(20_000)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class FixMatchAttribute<TWeak, TStrong> : SchemeAttribute
{
    /// <summary>τ: the least probability of a class that counts as a label.</summary>
    [Interval("[0, 1)")]
    public double Threshold { get; set; } = 0.95;

    /// <summary>λ: weight of the term.</summary>
    [Interval("[0, inf)")]
    public double Weight { get; set; } = 1;
}
