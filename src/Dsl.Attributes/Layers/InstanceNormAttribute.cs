namespace Dsl;

/// <summary>What the instance normalisations have in common.</summary>
public abstract class InstanceNormAttribute : LayerAttribute
{
    /// <summary>Added to the variance before the root; PyTorch's default is 1e-5.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether weight and bias are learned; PyTorch's default is no.</summary>
    public bool Affine { get; set; }
}
