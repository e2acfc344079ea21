namespace Dsl;

/// <summary>
/// A two-dimensional convolution that stays as it is, and a low-rank change of it that is
/// learned: y = x∗W + b + α/r·(x∗A)∗B, A a convolution to r channels and B one of size 1, [N, C,
/// H, W] to [N, <see cref="Channels"/>, H', W'] with H' = ⌊(H + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ +
/// 1 (LoRA; Hu et al. 2022, arXiv 2106.09685, equation 3, on the kernel as a matrix [out, in·k²]).
/// </summary>
/// <remarks>
/// Parameters: weight W [out, in, k, k] and bias b [out], which are frozen and start as those of <c>Conv2d</c>; lora_A [r, in, k,
/// k] from U(±1/√(in·k²)); lora_B [out, r, 1, 1] zeros, so that the layer begins as the one whose weights it was given.
/// Shapes are those of Hugging Face's peft. The model's <c>Merge()</c> puts W + α/r·B·A in the place of W, and undoes it
/// exactly.
/// </remarks>
/// <example><code>
/// [Model(3, 32, 32), LoraConv2d(64, 3, 4, Padding = 1), ReLU, LoraConv2d(64, 3, 4), ReLU, GlobalAvgPool2d, Linear(10)]
/// public partial class Tuned;
/// </code></example>
public sealed class LoraConv2dAttribute : LayerAttribute
{
    /// <summary>A convolution with square kernels of which a low-rank change is learned.</summary>
    /// <param name="channels">Number of output channels.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    /// <param name="rank">r: the rank of the change; below out and in·k².</param>
    public LoraConv2dAttribute(int channels, int kernelSize, int rank)
    {
        Channels = channels;
        KernelSize = kernelSize;
        Rank = rank;
    }

    /// <summary>Number of output channels.</summary>
    [Interval("[1, inf)")]
    public int Channels { get; }

    /// <summary>Height and width of the kernel.</summary>
    [Interval("[1, inf)")]
    public int KernelSize { get; }

    /// <summary>r: the rank of the change, below out and in·k².</summary>
    [Interval("[1, inf)")]
    public int Rank { get; }

    /// <summary>α: the change is multiplied by α/r; 0 for α = r, a factor of 1.</summary>
    [Interval("[0, inf)")]
    public double Alpha { get; set; }

    /// <summary>Distance between neighbouring windows.</summary>
    [Interval("[1, inf)")]
    public int Stride { get; set; } = 1;

    /// <summary>Zeros added on each side of both spatial dimensions.</summary>
    [Interval("[0, inf)")]
    public int Padding { get; set; }

    /// <summary>Distance between neighbouring elements of a window.</summary>
    [Interval("[1, inf)")]
    public int Dilation { get; set; } = 1;

    /// <summary>Whether there is a bias, which stays as it is, too.</summary>
    public bool Bias { get; set; } = true;
}
