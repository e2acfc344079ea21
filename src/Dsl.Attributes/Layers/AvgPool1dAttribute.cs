namespace Dsl;

/// <summary>
/// The mean of each window: [N, C, L] to [N, C, L'] with L' = ⌊(L + 2·padding − kernel) / stride⌋ + 1.
/// </summary>
public sealed class AvgPool1dAttribute : AvgPoolAttribute
{
    /// <summary>Pooling over windows of a sequence.</summary>
    /// <param name="kernelSize">Length of a window.</param>
    public AvgPool1dAttribute(int kernelSize)
        : base(kernelSize)
    {
    }
}
