namespace Dsl;

/// <summary>What the convolutions with a stride and a padding have in common.</summary>
public abstract class PaddedConvolutionAttribute : ConvolutionAttribute
{
    private protected PaddedConvolutionAttribute(int channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <summary>Distance between neighbouring windows; for a transposed convolution, of the output.</summary>
    [Interval("[1, inf)")]
    public int Stride { get; set; } = 1;

    /// <summary>Zeros added on each side of each spatial dimension; for a transposed convolution, what is cut off
    /// there.</summary>
    [Interval("[0, inf)")]
    public int Padding { get; set; }
}
