namespace Dsl;

/// <summary>
/// Cross-entropy of integer labels, −w_y·log softmax(z)_y in nats; with label smoothing ε, the target is (1 − ε)·y + ε·u
/// (Szegedy et al. 2015, arXiv 1512.00567, section 7; u as the classes' frequencies: Pereyra et al. 2017, arXiv 1701.06548).
/// </summary>
/// <remarks>
/// Logits [N, K] of the model, without a softmax of its own; labels [N] int64 in [0, K), or -100 where there is none. The mean
/// divides by the sum of the labels' weights, as PyTorch's does, so that rare classes of a batch do not shrink it.
/// </remarks>
public sealed class CrossEntropyAttribute : ClassObjectiveAttribute
{
    /// <summary>The share ε of the target that is spread over all classes; habitually at most 0.3.</summary>
    [Interval("[0, 1)")]
    public double LabelSmoothing { get; set; }

    /// <summary>Over which distribution it is spread.</summary>
    public Smoothing Smoothing { get; set; }

    /// <summary>How frequent each class is, in any unit, for <see cref="Smoothing.Unigram"/>; when left out, <c>Fit</c> counts
    /// the labels.</summary>
    [Interval("[0, inf)")]
    public double[]? ClassFrequencies { get; set; }

    /// <summary>τ of the logit adjustment, softmax(z + τ·log π) with the classes' frequencies π, in training alone: the
    /// network itself then tells rare classes as well as frequent ones (Menon et al. 2021, arXiv 2007.07314, equation 10); 0
    /// for none, 1 in the paper.</summary>
    [Interval("[0, inf)")]
    public double LogitAdjustment { get; set; }
}
