namespace Dsl;

/// <summary>
/// MixMatch: labels are guessed as the sharpened mean of the predictions for two views, and labelled and unlabelled samples are
/// mixed with each other: mean −Σ y'·log softmax z over the labelled ones + λ(t)·mean (softmax z − q')² over the others and the
/// classes (Berthelot et al. 2019, arXiv 1905.02249, algorithm 1).
/// </summary>
/// <remarks>
/// Takes the place of the one <c>[CrossEntropy]</c> beside it, whose targets become mixtures; reads a second stream of unlabelled
/// inputs in <c>Fit</c> and <c>Batch</c>. Views are by <c>[Augment&lt;T&gt;]</c>. The guesses' passes do not move running
/// statistics. One λ = max(l, 1 − l), l ~ Beta(α, α), and one permutation of all N + 2U samples mix a batch, which goes through
/// the network at once. λ(t) = <see cref="Weight"/>·min(1, t/R) where a ramp-up is given.
/// </remarks>
public sealed class MixMatchAttribute : RampedSchemeAttribute
{
    /// <summary>α of the distribution of the mixing share.</summary>
    [Interval("(0, inf)")]
    public double Alpha { get; set; } = 0.75;

    /// <summary>T: below 1 it sharpens the guessed labels.</summary>
    [Interval("(0, inf)")]
    public double Temperature { get; set; } = 0.5;

    /// <summary>λ: weight of the unlabelled term after the ramp-up; 75 for CIFAR-10 and 250 for SVHN in the paper.</summary>
    [Interval("[0, inf)")]
    public double Weight { get; set; } = 75;
}
