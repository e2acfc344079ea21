namespace Dsl;

/// <summary>What the transposed convolutions have in common.</summary>
public abstract class ConvTransposeAttribute : PaddedConvolutionAttribute
{
    private protected ConvTransposeAttribute(int channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }

    /// <summary>
    /// What is added at the end of each spatial dimension of the output: with a stride, several sizes have the same
    /// convolution. Must be smaller than the larger of stride and dilation.
    /// </summary>
    [Interval("[0, inf)")]
    public int OutputPadding { get; set; }
}
