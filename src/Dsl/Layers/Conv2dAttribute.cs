namespace Dsl;

/// <summary>
/// A two-dimensional convolution (cross-correlation): [N, C, H, W] to [N, <see cref="Channels"/>, H', W'] with
/// H' = ⌊(H + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.
/// </summary>
/// <remarks>Parameters: weight [out, in/groups, k, k], bias [out], from U(±1/√fan_in), fan_in = in/groups·k², as in PyTorch.</remarks>
public sealed class Conv2dAttribute : LayerAttribute
{
    /// <summary>A convolution with square kernels.</summary>
    /// <param name="channels">Number of output channels.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    public Conv2dAttribute(int channels, int kernelSize)
    {
        Channels = channels;
        KernelSize = kernelSize;
    }

    /// <summary>Number of output channels.</summary>
    [Interval("[1, inf)")]
    public int Channels { get; }

    /// <summary>Height and width of the kernel.</summary>
    [Interval("[1, inf)")]
    public int KernelSize { get; }

    /// <summary>Distance between neighbouring windows.</summary>
    [Interval("[1, inf)")]
    public int Stride { get; set; } = 1;

    /// <summary>Rows and columns of zeros added on each side.</summary>
    [Interval("[0, inf)")]
    public int Padding { get; set; }

    /// <summary>Distance between neighbouring elements of a window.</summary>
    [Interval("[1, inf)")]
    public int Dilation { get; set; } = 1;

    /// <summary>Number of groups; must divide the input's channels and <see cref="Channels"/>. Equal to both: depthwise.</summary>
    [Interval("[1, inf)")]
    public int Groups { get; set; } = 1;

    /// <summary>Whether a learned bias is added. Redundant directly before a batch normalisation.</summary>
    public bool Bias { get; set; } = true;
}
