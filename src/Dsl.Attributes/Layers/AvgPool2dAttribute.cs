namespace Dsl;

/// <summary>
/// The mean of each window: [N, C, H, W] to [N, C, H', W'] with H' = ⌊(H + 2·padding − kernel) / stride⌋ + 1.
/// </summary>
public sealed class AvgPool2dAttribute : AvgPoolAttribute
{
    /// <summary>Pooling over square windows.</summary>
    /// <param name="kernelSize">Height and width of a window.</param>
    public AvgPool2dAttribute(int kernelSize)
        : base(kernelSize)
    {
    }
}
