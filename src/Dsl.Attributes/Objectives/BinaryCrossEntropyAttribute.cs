namespace Dsl;

/// <summary>Cross-entropy of yes-or-no labels, −w·y·log σ(z) − (1 − y)·log(1 − σ(z)) in nats.</summary>
/// <remarks>
/// Logits of any shape, habitually [N, 1], without a sigmoid of their own; labels of the same shape (or [N] for [N, 1]) in [0,
/// 1], of any number type. The mean is over all elements.
/// </remarks>
public sealed class BinaryCrossEntropyAttribute : ReducedObjectiveAttribute
{
    /// <summary>Weight w of positive labels: above 1 for more of them found, below 1 for fewer false alarms.</summary>
    [Interval("(0, inf)")]
    public double PositiveWeight { get; set; } = 1;
}
