namespace Dsl;

/// <summary>
/// A three-dimensional convolution (cross-correlation): [N, C, D, H, W] to [N, <see cref="ConvolutionAttribute.Channels"/>, D',
/// H', W'] with D' = ⌊(D + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.
/// </summary>
/// <remarks>Parameters: weight [out, in/groups, k, k, k], bias [out], from U(±1/√fan_in), fan_in = in/groups·k³, as in
/// PyTorch.</remarks>
public sealed class Conv3dAttribute : PaddedConvolutionAttribute
{
    /// <summary>A convolution with cubic kernels.</summary>
    /// <param name="channels">Number of output channels.</param>
    /// <param name="kernelSize">Depth, height and width of the kernel.</param>
    public Conv3dAttribute(int channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }
}
