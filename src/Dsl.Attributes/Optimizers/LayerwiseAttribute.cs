namespace Dsl;

/// <summary>What LARS and LAMB have in common: each parameter tensor's step is scaled by a ratio of its norms.</summary>
/// <remarks>Biases and normalisations (parameters of rank 0 or 1) neither decay nor have a ratio, as in the reference
/// implementations, unless <see cref="OptimizerAttribute.DecayVectors"/> or <see cref="AdaptVectors"/> says so.</remarks>
public abstract class LayerwiseAttribute : OptimizerAttribute
{
    /// <summary>A layer-wise optimizer with the given learning rate.</summary>
    /// <param name="learningRate">The learning rate η.</param>
    protected LayerwiseAttribute(double learningRate) : base(learningRate) => DecayVectors = false;

    /// <summary>Whether vectors have a ratio too; without one, theirs is 1.</summary>
    public bool AdaptVectors { get; set; }
}
