namespace Dsl;

/// <summary>
/// Adagrad: s ← s + g², θ ← θ − η/(1 + (t − 1)·decay)·g/(√s + ε) (Duchi, Hazan and Singer 2011), as PyTorch's Adagrad.
/// </summary>
public sealed class AdagradAttribute : OptimizerAttribute
{
    /// <summary>Adagrad with the given learning rate.</summary>
    /// <param name="learningRate">The learning rate η.</param>
    public AdagradAttribute(double learningRate = 1e-2) : base(learningRate)
    {
    }

    /// <summary>Decay of the learning rate with the step t = 1, 2, ..., beside the schedule.</summary>
    [Interval("[0, inf)")]
    public double LearningRateDecay { get; set; }

    /// <summary>What the sum of squares starts from. A constant of the generated trainer, not a property.</summary>
    [Interval("[0, inf)")]
    public double InitialAccumulator { get; set; }

    /// <summary>Added to the root of the sum of squares, for numerical stability.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 1e-10;

    /// <summary>L2 penalty λ, added to the gradient.</summary>
    [Interval("[0, inf)")]
    public double WeightDecay { get; set; }
}
