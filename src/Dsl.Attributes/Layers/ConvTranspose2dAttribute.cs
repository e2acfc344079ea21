namespace Dsl;

/// <summary>
/// The transpose of a two-dimensional convolution: [N, C, H, W] to [N, <see cref="ConvolutionAttribute.Channels"/>, H', W'] with
/// H' = (H − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1.
/// </summary>
/// <remarks>Parameters: weight [in, out/groups, k, k], bias [out], from U(±1/√fan_in), fan_in = out/groups·k², as in
/// PyTorch.</remarks>
public sealed class ConvTranspose2dAttribute : ConvTransposeAttribute
{
    /// <summary>A transposed convolution with square kernels.</summary>
    /// <param name="channels">Number of output channels.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    public ConvTranspose2dAttribute(int channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }
}
