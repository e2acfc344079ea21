namespace Dsl;

/// <summary>
/// The maximum of each window: [N, C, L] to [N, C, L'] with L' = ⌊(L + 2·padding − kernel) / stride⌋ + 1.
/// </summary>
public sealed class MaxPool1dAttribute : PoolAttribute
{
    /// <summary>Pooling over windows of a sequence.</summary>
    /// <param name="kernelSize">Length of a window.</param>
    public MaxPool1dAttribute(int kernelSize)
        : base(kernelSize)
    {
    }
}
