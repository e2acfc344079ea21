namespace Dsl;

/// <summary>
/// The transpose of a one-dimensional convolution: [N, C, L] to [N, <see cref="ConvolutionAttribute.Channels"/>, L'] with
/// L' = (L − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1.
/// </summary>
/// <remarks>Parameters: weight [in, out/groups, k], bias [out], from U(±1/√fan_in), fan_in = out/groups·k, as in
/// PyTorch.</remarks>
public sealed class ConvTranspose1dAttribute : ConvTransposeAttribute
{
    /// <summary>A transposed convolution of sequences.</summary>
    /// <param name="channels">Number of output channels.</param>
    /// <param name="kernelSize">Length of the kernel.</param>
    public ConvTranspose1dAttribute(int channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }
}
