namespace Dsl;

/// <summary>
/// Rewards the entropy of the prediction, −β·H(softmax(z)); with a threshold Γ only where it is lower, β·max(0, Γ −
/// H(softmax(z))) (Pereyra et al. 2017, arXiv 1701.06548, sections 3.1 and 3.2).
/// </summary>
/// <remarks>Added to an objective of classes. Logits [N, K]; H in nats, in [0, log K]; the mean is over samples.</remarks>
public sealed class ConfidencePenaltyAttribute : TermAttribute
{
    /// <summary>Weight β of the entropy; 0.1 for images in the paper.</summary>
    [Interval("[0, inf)")]
    public double Beta { get; set; } = 0.1;

    /// <summary>Entropy Γ, in nats and at most log K, from which nothing is rewarded any more; 0 for no threshold.</summary>
    [Interval("[0, inf)")]
    public double Gamma { get; set; }

    /// <summary>Epochs over which β grows as exp(−5(1 − t/R)²); 0 for none. Not together with
    /// <see cref="RampUpSteps"/>.</summary>
    [Interval("[0, inf)")]
    public int RampUpEpochs { get; set; }

    /// <summary>Steps over which β grows as exp(−5(1 − t/R)²); 0 for none. Not together with
    /// <see cref="RampUpEpochs"/>.</summary>
    [Interval("[0, inf)")]
    public int RampUpSteps { get; set; }
}
