namespace Dsl;

/// <summary>What the means of windows have in common.</summary>
public abstract class AvgPoolAttribute : PoolAttribute
{
    private protected AvgPoolAttribute(int kernelSize)
        : base(kernelSize)
    {
    }

    /// <summary>Whether the zeros of the padding count as elements of their window, as in PyTorch.</summary>
    public bool CountIncludePad { get; set; } = true;
}
