namespace Dsl;

/// <summary>
/// A causal convolution of a sequence: [N, C, L] to [N, <see cref="ConvolutionAttribute.Channels"/>, L]. The input is padded
/// with dilation·(kernel − 1) zeros on the left alone, so that y[t] = b + Σ_u W[u]·x[t − dilation·(kernel − 1 − u)] sees no
/// later element (Bai et al. 2018, arXiv 1803.01271, section 3.1).
/// </summary>
/// <remarks>Parameters: those of <see cref="Conv1dAttribute"/>, weight [out, in/groups, k] and bias [out], from
/// U(±1/√fan_in).</remarks>
public sealed class TemporalConvAttribute : ConvolutionAttribute
{
    /// <summary>A causal convolution.</summary>
    /// <param name="channels">Number of output channels.</param>
    /// <param name="kernelSize">Length of the kernel.</param>
    public TemporalConvAttribute(int channels, int kernelSize)
        : base(channels, kernelSize)
    {
    }
}
