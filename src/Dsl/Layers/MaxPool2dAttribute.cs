namespace Dsl;

/// <summary>
/// The maximum of each window: [N, C, H, W] to [N, C, H', W'] with H' = ⌊(H + 2·padding − kernel) / stride⌋ + 1.
/// </summary>
public sealed class MaxPool2dAttribute : LayerAttribute
{
    /// <summary>Pooling over square windows.</summary>
    /// <param name="kernelSize">Height and width of a window.</param>
    public MaxPool2dAttribute(int kernelSize) => KernelSize = kernelSize;

    /// <summary>Height and width of a window.</summary>
    [Interval("[1, inf)")]
    public int KernelSize { get; }

    /// <summary>Distance between neighbouring windows; 0, the default, means <see cref="KernelSize"/>.</summary>
    [Interval("[0, inf)")]
    public int Stride { get; set; }

    /// <summary>Rows and columns of −∞ added on each side; at most half of <see cref="KernelSize"/>.</summary>
    [Interval("[0, inf)")]
    public int Padding { get; set; }
}
