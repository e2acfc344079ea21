using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The windows of a pooling, the same in every pooled dimension.</summary>
/// <param name="Dimensions">2 for images; 1 for sequences, which are pooled as images [N, C, 1, L] of one row.</param>
internal sealed record PoolWindow(int Dimensions, int Kernel, int Stride, int Padding)
{
    /// <summary>Number of elements in a window.</summary>
    public long Area => Kernels.Aggregate(1L, (product, size) => product * size);

    /// <summary>The size of a pooled dimension after pooling; below 1 when the window does not fit.</summary>
    public long Output(long input) => (input + 2L * Padding - Kernel + Stride) / Stride;

    /// <summary>The shape [N, C, H, W] after pooling.</summary>
    public Shape Output(Shape image) => image.Map((size, i) => i >= 4 - Dimensions ? Output(size.Factor) : size);

    /// <summary>Kernel, stride and padding as aten takes them.</summary>
    public string Lists => string.Join(", ", new[] { Kernels, Strides, Paddings }.Select(sizes => Spelling.List(sizes)));

    /// <summary>Kernel, stride and padding as TorchSharp takes them: numbers for square windows, arrays for others.</summary>
    public string Arguments => Dimensions == 2
        ? Spelling.Join(Kernel, Stride, Padding)
        : string.Join(", ", new[] { Kernels, Strides, Paddings }.Select(sizes => Spelling.Array(sizes)));

    /// <summary>The same as ONNX takes it: attributes of a node.</summary>
    public string Onnx => $".With(\"kernel_shape\", {Spelling.List(Kernels)}).With(\"strides\", {Spelling.List(Strides)})"
        + $".With(\"pads\", {Spelling.List([.. Paddings, .. Paddings])})";

    private long[] Kernels => [Dimensions == 2 ? Kernel : 1, Kernel];

    private long[] Strides => [Dimensions == 2 ? Stride : 1, Stride];

    private long[] Paddings => [Dimensions == 2 ? Padding : 0, Padding];
}
