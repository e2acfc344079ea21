namespace Dsl;

/// <summary>
/// The entropy of predictions, H(softmax(z)) in nats, which pushes the decision boundary away from the data
/// (Grandvalet and Bengio 2004, "Semi-supervised learning by entropy minimization").
/// </summary>
/// <remarks>
/// Added to a labelled objective. Reads a second stream of unlabelled inputs in <c>Fit</c> and <c>Batch</c>, which the network sees in a pass
/// of its own; logits [N, K], the mean is over samples. With few labels and a large weight it can settle on one class for all.
/// </remarks>
public sealed class EntropyMinimizationAttribute : ObjectiveAttribute
{
    /// <summary>Whether the inputs of the labelled batch are read in place of unlabelled ones.</summary>
    public bool Labeled { get; set; }
}
