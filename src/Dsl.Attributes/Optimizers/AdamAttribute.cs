namespace Dsl;

/// <summary>Adam with bias correction; weight decay as an L2 penalty (Kingma and Ba 2015, arXiv 1412.6980, algorithm
/// 1).</summary>
public sealed class AdamAttribute : AdaptiveMomentsAttribute
{
    /// <summary>Adam with the given learning rate.</summary>
    /// <param name="learningRate">The step size α.</param>
    public AdamAttribute(double learningRate = 1e-3) : base(learningRate)
    {
    }

    /// <summary>L2 penalty λ, added to the gradient.</summary>
    [Interval("[0, inf)")]
    public double WeightDecay { get; set; }
}
