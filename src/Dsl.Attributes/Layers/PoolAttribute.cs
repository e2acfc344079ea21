namespace Dsl;

/// <summary>What the poolings over windows have in common.</summary>
public abstract class PoolAttribute : LayerAttribute
{
    private protected PoolAttribute(int kernelSize) => KernelSize = kernelSize;

    /// <summary>Size of a window in each spatial dimension.</summary>
    [Interval("[1, inf)")]
    public int KernelSize { get; }

    /// <summary>Distance between neighbouring windows; 0, the default, means <see cref="KernelSize"/>.</summary>
    [Interval("[0, inf)")]
    public int Stride { get; set; }

    /// <summary>
    /// What is added on each side of each spatial dimension, −∞ for a maximum and zeros for a mean; at most half of
    /// <see cref="KernelSize"/>.
    /// </summary>
    [Interval("[0, inf)")]
    public int Padding { get; set; }
}
