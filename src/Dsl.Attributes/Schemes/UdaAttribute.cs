namespace Dsl;

/// <summary>
/// Unsupervised data augmentation: the strongly augmented input shall be predicted as the weakly augmented one, sharpened,
/// λ·mean 1[max p_w ≥ β]·KL(softmax(z_w/T) ‖ softmax z_s) over the whole unlabelled batch (Xie et al. 2020, arXiv 1904.12848).
/// </summary>
/// <typeparam name="TWeak">A class with <see cref="AugmentationAttribute">[Augmentation]</see>: the view that is predicted. It is
/// the labelled batch's too, where no <c>[Augment&lt;T&gt;]</c> says otherwise.</typeparam>
/// <typeparam name="TStrong">The view that is trained.</typeparam>
/// <remarks>
/// Added to a labelled objective; reads a second stream of unlabelled images in <c>Fit</c> and <c>Batch</c>. Labelled, weak and
/// strong views go through the network as one batch of N + 2U, whose statistics batch normalisation takes. Targets are constants;
/// the mask looks at p_w before sharpening.
/// </remarks>
public sealed class UdaAttribute<TWeak, TStrong> : SchemeAttribute
{
    /// <summary>T: below 1 it sharpens the target.</summary>
    [Interval("(0, inf)")]
    public double Temperature { get; set; } = 0.4;

    /// <summary>β: the least probability of a class for which a sample counts.</summary>
    [Interval("[0, 1)")]
    public double Threshold { get; set; } = 0.8;

    /// <summary>λ: weight of the term.</summary>
    [Interval("[0, inf)")]
    public double Weight { get; set; } = 1;

    /// <summary>
    /// How labelled samples are released: one whose class the network gives more than η(t) = φ(t)·(1 − 1/K) + 1/K adds nothing,
    /// and the mean is over those that are left (0 where none is). It needs <c>[CrossEntropy]</c>.
    /// </summary>
    public SignalAnnealing Annealing { get; set; }
}
