namespace Dsl;

/// <summary>What the optimizers of Adam's family have in common.</summary>
public abstract class AdaptiveMomentsAttribute : OptimizerAttribute
{
    /// <summary>An optimizer of Adam's family with the given learning rate.</summary>
    /// <param name="learningRate">The step size α.</param>
    protected AdaptiveMomentsAttribute(double learningRate) : base(learningRate)
    {
    }

    /// <summary>Decay β₁ of the first moment.</summary>
    [Interval("[0, 1)")]
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Decay β₂ of the second moment.</summary>
    [Interval("[0, 1)")]
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Added to the root of the second moment, for numerical stability.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Whether to divide by the largest second moment so far (AMSGrad, Reddi, Kale and Kumar 2018, arXiv
    /// 1904.09237).</summary>
    public bool AmsGrad { get; set; }
}
