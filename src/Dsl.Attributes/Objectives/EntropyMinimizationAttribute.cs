namespace Dsl;

/// <summary>
/// The entropy of predictions, H(softmax(z)) in nats, which pushes the decision boundary away from the data
/// (Grandvalet and Bengio 2004, "Semi-supervised learning by entropy minimization").
/// </summary>
/// <remarks>
/// Added to a labelled objective. Reads a second stream of unlabelled inputs in <c>Fit</c> and <c>Batch</c>, which the network
/// sees in a pass of its own that moves no running statistics; logits [N, K], the mean is over samples. With few labels and a
/// large weight it can settle on one class for all: let the weight grow.
/// </remarks>
public sealed class EntropyMinimizationAttribute : TermAttribute
{
    /// <summary>Whether the inputs of the labelled batch are read in place of unlabelled ones.</summary>
    public bool Labeled { get; set; }

    /// <summary>Epochs over which the weight grows as exp(−5(1 − t/R)²); 0 for none. Not together with
    /// <see cref="RampUpSteps"/>.</summary>
    [Interval("[0, inf)")]
    public int RampUpEpochs { get; set; }

    /// <summary>Steps over which the weight grows as exp(−5(1 − t/R)²); 0 for none. Not together with
    /// <see cref="RampUpEpochs"/>.</summary>
    [Interval("[0, inf)")]
    public int RampUpSteps { get; set; }
}
