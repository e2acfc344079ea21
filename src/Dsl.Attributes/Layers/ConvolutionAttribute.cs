namespace Dsl;

/// <summary>What the convolutions have in common.</summary>
public abstract class ConvolutionAttribute : NormalizedLayerAttribute
{
    /// <summary>A convolution whose kernel has the same size in every spatial dimension.</summary>
    /// <param name="channels">Number of output channels.</param>
    /// <param name="kernelSize">Size of the kernel in each spatial dimension.</param>
    private protected ConvolutionAttribute(int channels, int kernelSize)
    {
        Channels = channels;
        KernelSize = kernelSize;
    }

    /// <summary>Number of output channels.</summary>
    [Interval("[1, inf)")]
    public int Channels { get; }

    /// <summary>Size of the kernel in each spatial dimension.</summary>
    [Interval("[1, inf)")]
    public int KernelSize { get; }

    /// <summary>Distance between neighbouring elements of a window.</summary>
    [Interval("[1, inf)")]
    public int Dilation { get; set; } = 1;

    /// <summary>Number of groups; must divide the input's channels and <see cref="Channels"/>. Equal to both:
    /// depthwise.</summary>
    [Interval("[1, inf)")]
    public int Groups { get; set; } = 1;

    /// <summary>Whether a learned bias is added. Redundant directly before a batch normalisation.</summary>
    public bool Bias { get; set; } = true;
}
