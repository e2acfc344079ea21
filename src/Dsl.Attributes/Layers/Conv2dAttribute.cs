namespace Dsl;

/// <summary>
/// A two-dimensional convolution (cross-correlation): [N, C, H, W] to [N, <see cref="ConvolutionAttribute.Channels"/>, H', W']
/// with H' = ⌊(H + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.
/// </summary>
/// <remarks>Parameters: weight [out, in/groups, k, k], bias [out], from U(±1/√fan_in), fan_in = in/groups·k², as in
/// PyTorch.</remarks>
public sealed class Conv2dAttribute : PaddedConvolutionAttribute
{
    /// <summary>A convolution with square kernels.</summary>
    /// <param name="channels">Number of output channels.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    public Conv2dAttribute(int channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }
}
