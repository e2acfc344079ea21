namespace Dsl;

/// <summary>
/// A one-dimensional convolution (cross-correlation): [N, C, L] to [N, <see cref="ConvolutionAttribute.Channels"/>, L'] with
/// L' = ⌊(L + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.
/// </summary>
/// <remarks>Parameters: weight [out, in/groups, k], bias [out], from U(±1/√fan_in), fan_in = in/groups·k, as in
/// PyTorch.</remarks>
public sealed class Conv1dAttribute : PaddedConvolutionAttribute
{
    /// <summary>A convolution of sequences.</summary>
    /// <param name="channels">Number of output channels.</param>
    /// <param name="kernelSize">Length of the kernel.</param>
    public Conv1dAttribute(int channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }
}
