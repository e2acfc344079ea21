namespace Dsl;

/// <summary>Adam with decoupled weight decay, θ ← θ(1 − ηλ) before the step (Loshchilov and Hutter 2019, arXiv
/// 1711.05101).</summary>
public sealed class AdamWAttribute : AdaptiveMomentsAttribute
{
    /// <summary>AdamW with the given learning rate.</summary>
    /// <param name="learningRate">The step size α.</param>
    public AdamWAttribute(double learningRate = 1e-3) : base(learningRate)
    {
    }

    /// <summary>Decoupled weight decay λ. PyTorch's default.</summary>
    [Interval("[0, inf)")]
    public double WeightDecay { get; set; } = 1e-2;
}
