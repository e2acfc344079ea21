namespace Dsl;

/// <summary>
/// Stochastic depth: sets whole samples of [N, ...] to zero with a probability while training and scales the others by
/// 1/(1 − p); nothing in evaluation (Huang et al. 2016, arXiv 1603.09382). It belongs at the end of a residual branch.
/// </summary>
/// <remarks>Masks come from the trainer's own dropout stream, a function of seed and step.</remarks>
public sealed class DropPathAttribute : LayerAttribute
{
    /// <summary>Stochastic depth with the given probability.</summary>
    /// <param name="probability">Probability of a sample's branch to be dropped.</param>
    public DropPathAttribute(double probability) => Probability = probability;

    /// <summary>Probability of a sample's branch to be dropped.</summary>
    [Interval("[0, 1)")]
    public double Probability { get; }
}
