namespace Dsl.Runtime;

/// <summary>A convolution over images: x [N, C, H, W], weights [O, C, Kh, Kw], outputs [N, O, Oh, Ow].</summary>
internal readonly record struct ConvolutionSizes(
    long Samples, long Channels, long Height, long Width, long Outputs, long KernelHeight, long KernelWidth,
    long StrideY, long StrideX, long PaddingY, long PaddingX, long DilationY, long DilationX)
{
    public long OutputHeight => (Height + 2 * PaddingY - DilationY * (KernelHeight - 1) - 1) / StrideY + 1;

    public long OutputWidth => (Width + 2 * PaddingX - DilationX * (KernelWidth - 1) - 1) / StrideX + 1;

    /// <summary>Places of an output's image.</summary>
    public long Places => OutputHeight * OutputWidth;

    /// <summary>What a place of the output is a sum of, for each output channel.</summary>
    public long Window => Channels * KernelHeight * KernelWidth;

    /// <summary>Rows of an image with its margins.</summary>
    public long PaddedHeight => Height + 2 * PaddingY;

    /// <summary>Columns of an image with its margins.</summary>
    public long PaddedWidth => Width + 2 * PaddingX;

    /// <summary>Whether there is something to compute, and a kernel does not reach beyond the margins.</summary>
    public bool IsSound => Samples > 0 && Channels > 0 && Height > 0 && Width > 0 && Outputs > 0 && KernelHeight > 0
        && KernelWidth > 0 && StrideY > 0 && StrideX > 0 && DilationY > 0 && DilationX > 0 && PaddingY >= 0 && PaddingX >= 0
        && PaddedHeight > DilationY * (KernelHeight - 1) && PaddedWidth > DilationX * (KernelWidth - 1);

    /// <summary>Whether neighbouring places of the output read neighbouring places of an image.</summary>
    public bool HasUnitStride => StrideY == 1 && StrideX == 1;

    /// <summary>Whether it is a product of places that strides leave.</summary>
    public bool IsSparseProduct => !HasUnitStride && KernelHeight == 1 && KernelWidth == 1;

    /// <summary>Whether the inputs' gradient is a convolution of the outputs': no strides, and margins that a kernel
    /// covers.</summary>
    public bool HasBackward => HasUnitStride && Backward.IsSound;

    /// <summary>Whether it is one that is worth a product: its channels fill a tile's rows.</summary>
    public bool HasProductBackward => HasBackward && Channels >= 2 * ProductKernel.FewRows;

    /// <summary>The convolution over outputs' gradients that gives the inputs': the kernels turned around, inputs and outputs
    /// exchanged. Only without strides.</summary>
    public ConvolutionSizes Backward => this with
    {
        Channels = Outputs,
        Outputs = Channels,
        Height = OutputHeight,
        Width = OutputWidth,
        PaddingY = DilationY * (KernelHeight - 1) - PaddingY,
        PaddingX = DilationX * (KernelWidth - 1) - PaddingX,
    };

    /// <summary>The sizes of a convolution of tensors without gaps.</summary>
    /// <param name="x">[N, C, H, W] or [N, C, L], a row.</param>
    /// <param name="weight">[O, C, Kh, Kw] or [O, C, k].</param>
    /// <param name="stride">One number for each spatial dimension.</param>
    /// <param name="padding">Likewise.</param>
    /// <param name="dilation">Likewise.</param>
    /// <param name="sizes">The sizes.</param>
    /// <returns>Whether they are such tensors, and fit.</returns>
    public static bool TryOf(
        in TensorLayout x, in TensorLayout weight, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding,
        ReadOnlySpan<long> dilation, out ConvolutionSizes sizes)
    {
        sizes = default;
        int rank = x.Rank;
        if (rank is not (3 or 4) || weight.Rank != rank || stride.Length != rank - 2 || padding.Length != rank - 2
            || dilation.Length != rank - 2 || x.Sizes[1] != weight.Sizes[1] || !x.IsPlain || !weight.IsPlain) return false;
        bool isRow = rank == 3;
        sizes = new ConvolutionSizes(
            x.Sizes[0], x.Sizes[1], isRow ? 1 : x.Sizes[2], x.Sizes[^1],
            weight.Sizes[0], isRow ? 1 : weight.Sizes[2], weight.Sizes[^1],
            isRow ? 1 : stride[0], stride[^1], isRow ? 0 : padding[0], padding[^1], isRow ? 1 : dilation[0], dilation[^1]);
        return sizes.IsSound;
    }

    /// <summary>Whether a tensor has the shape of the output.</summary>
    public bool IsOutput(in TensorLayout tensor) =>
        tensor.Rank is 3 or 4 && tensor.Sizes[0] == Samples && tensor.Sizes[1] == Outputs
        && (tensor.Rank == 3 ? OutputHeight == 1 : tensor.Sizes[2] == OutputHeight) && tensor.Sizes[^1] == OutputWidth;
}
