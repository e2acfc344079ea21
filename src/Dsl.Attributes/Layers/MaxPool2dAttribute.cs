namespace Dsl;

/// <summary>
/// The maximum of each window: [N, C, H, W] to [N, C, H', W'] with H' = ⌊(H + 2·padding − kernel) / stride⌋ + 1.
/// </summary>
public sealed class MaxPool2dAttribute : PoolAttribute
{
    /// <summary>Pooling over square windows.</summary>
    /// <param name="kernelSize">Height and width of a window.</param>
    public MaxPool2dAttribute(int kernelSize)
        : base(kernelSize)
    {
    }
}
