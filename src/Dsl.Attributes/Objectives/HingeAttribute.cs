namespace Dsl;

/// <summary>Hinge loss of a support vector machine, max(0, m − s·z) with s = 2y − 1 for labels y of 0 and 1 (Cortes and Vapnik
/// 1995).</summary>
/// <remarks>Scores of any shape, habitually [N, 1]; labels of the same shape (or [N] for [N, 1]), each 0 or 1. The mean is over
/// all elements.</remarks>
public sealed class HingeAttribute : ReducedObjectiveAttribute
{
    /// <summary>The margin m.</summary>
    [Interval("(0, inf)")]
    public double Margin { get; set; } = 1;

    /// <summary>Whether the loss is squared, which makes it smooth.</summary>
    public bool Squared { get; set; }
}
