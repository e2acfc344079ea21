using static TorchSharp.torch;

namespace Dsl.Runtime;

// Convolutions of any number of spatial dimensions: plain ones of one or two by our own loops where these are chosen
// (ConvolutionChoice), all others, and those that autograd is to record, by libtorch.
public static unsafe partial class Aten
{
    /// <summary>The convolution of x [N, C, L] with weights [O, C / groups, k], plus b [O] or nothing: [N, O, L'].</summary>
    public static Tensor conv1d(
        Tensor x, Tensor weight, Tensor? bias, long stride, long padding, long dilation, long groups)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        return groups == 1 && IsUnrecorded() && TryConvolve(x, weight, bias, [stride], [padding], [dilation]) is { } output
            ? output
            : nn.functional.conv1d(x, weight, bias, stride, padding, dilation, groups);
    }

    /// <summary>The convolution of x [N, C, H, W] with weights [O, C / groups, Kh, Kw], plus b [O] or nothing: [N, O, H', W'].
    /// </summary>
    public static Tensor conv2d(
        Tensor x, Tensor weight, Tensor? bias, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation,
        long groups)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        return groups == 1 && IsUnrecorded() && TryConvolve(x, weight, bias, stride, padding, dilation) is { } output
            ? output
            : nn.functional.conv2d(x, weight, bias, stride.ToArray(), padding.ToArray(), dilation.ToArray(), groups);
    }

    /// <summary>Gradients of x, weight and bias, those that the mask asks for; without a bias its sizes are empty.</summary>
    public static (Tensor, Tensor, Tensor) convolution_backward(
        Tensor gradient, Tensor x, Tensor weight, ReadOnlySpan<long> biasSizes, ReadOnlySpan<long> stride,
        ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation, bool transposed, ReadOnlySpan<long> outputPadding, long groups,
        ReadOnlySpan<bool> mask)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (!transposed && groups == 1 && IsUnrecorded()
            && TryConvolutionBackward(gradient, x, weight, stride, padding, dilation, mask) is { } results) return results;
        return DispatchConvolutionBackward(
            gradient, x, weight, biasSizes, stride, padding, dilation, transposed, outputPadding, groups, mask);
    }

    /// <summary>As <see cref="convolution_backward"/>, by libtorch whatever is chosen.</summary>
    internal static (Tensor, Tensor, Tensor) DispatchConvolutionBackward(
        Tensor gradient, Tensor x, Tensor weight, ReadOnlySpan<long> biasSizes, ReadOnlySpan<long> stride,
        ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation, bool transposed, ReadOnlySpan<long> outputPadding, long groups,
        ReadOnlySpan<bool> mask)
    {
        var call = new OperatorCall(stackalloc ulong[11]);
        call.Add(gradient);
        call.Add(x);
        call.Add(weight);
        call.AddOptional(biasSizes);
        call.Add(stride);
        call.Add(padding);
        call.Add(dilation);
        call.Add(transposed);
        call.Add(outputPadding);
        call.Add(groups);
        call.Add(mask);
        call.Run("aten::convolution_backward"u8);
        return (call.Result(0)!, call.Result(1)!, call.Result(2)!);
    }

    private static bool IsUnrecorded() => LibTorchAbi.GradModeIsEnabled() == 0;

    private static Tensor? TryConvolve(
        Tensor x, Tensor weight, Tensor? bias, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation)
    {
        if (!TensorLayout.TryOf(x, out var images) || !TensorLayout.TryOf(weight, out var kernels)
            || !ConvolutionSizes.TryOf(images, kernels, stride, padding, dilation, out var sizes)) return null;
        var way = ConvolutionChoice.Forward(sizes);
        if (way == ConvolutionWay.LibTorch) return null;
        TensorLayout values = default;
        if (bias is not null
            && (!TensorLayout.TryOf(bias, out values) || values.Rank != 1 || values.Sizes[0] != sizes.Outputs || !values.IsPlain))
            return null;

        var output = images.Rank == 3
            ? TensorMemory.Empty(sizes.Samples, sizes.Outputs, sizes.OutputWidth)
            : TensorMemory.Empty(sizes.Samples, sizes.Outputs, sizes.OutputHeight, sizes.OutputWidth);
        float* to = (float*)TensorMemory.Pointer(output);
        if (way == ConvolutionWay.Tiles)
            WinogradConvolution.Run(WinogradSizes.Of(sizes), images.Data, kernels.Data, values.Data, to);
        else if (way == ConvolutionWay.Direct) DirectConvolution.Run(sizes, images.Data, kernels.Data, values.Data, to);
        else ImageConvolution.Run(sizes, images.Data, kernels.Data, values.Data, to);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        return output;
    }

    // Null where no part that is asked for is ours.
    private static (Tensor, Tensor, Tensor)? TryConvolutionBackward(
        Tensor gradient, Tensor x, Tensor weight, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding,
        ReadOnlySpan<long> dilation, ReadOnlySpan<bool> mask)
    {
        if (!TensorLayout.TryOf(x, out var images) || !TensorLayout.TryOf(weight, out var kernels)
            || !TensorLayout.TryOf(gradient, out var gradients)
            || !ConvolutionSizes.TryOf(images, kernels, stride, padding, dilation, out var sizes)
            || !sizes.IsOutput(gradients)) return null;
        var ofImages = mask[0] ? ConvolutionChoice.OfImages(sizes) : ConvolutionWay.LibTorch;
        var ofKernels = mask[1] ? ConvolutionChoice.OfKernels(sizes) : ConvolutionWay.LibTorch;
        if (ofImages == ConvolutionWay.LibTorch && ofKernels == ConvolutionWay.LibTorch) return null;

        // A gradient may be one number for a whole image.
        using Tensor? plain = gradients.IsPlain ? null : gradient.contiguous();
        float* outer = gradients.IsPlain ? gradients.Data : (float*)TensorMemory.Pointer(plain!);
        Tensor? imageGradient = null, kernelGradient = null, biasGradient = null;
        if (ofImages != ConvolutionWay.LibTorch)
        {
            imageGradient = TensorMemory.Like(x);
            SetImageGradient(ofImages, sizes, outer, kernels.Data, (float*)TensorMemory.Pointer(imageGradient));
        }

        if (ofKernels != ConvolutionWay.LibTorch)
        {
            kernelGradient = TensorMemory.Like(weight);
            SetKernelGradient(ofKernels, sizes, images.Data, outer, (float*)TensorMemory.Pointer(kernelGradient));
        }

        if (mask[2])
        {
            biasGradient = TensorMemory.Empty(sizes.Outputs);
            ChannelSumLoop.Run(
                outer, sizes.Samples, sizes.Outputs, sizes.OutputHeight * sizes.OutputWidth,
                (float*)TensorMemory.Pointer(biasGradient));
        }

        if ((mask[0] && imageGradient is null) || (mask[1] && kernelGradient is null))
        {
            var (first, second, _) = DispatchConvolutionBackward(
                gradient, x, weight, [], stride, padding, dilation, transposed: false, stackalloc long[stride.Length], 1,
                [mask[0] && imageGradient is null, mask[1] && kernelGradient is null, false]);
            imageGradient ??= first;
            kernelGradient ??= second;
        }

        GC.KeepAlive(gradient);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        return (imageGradient!, kernelGradient!, biasGradient!);
    }

    private static void SetImageGradient(
        ConvolutionWay way, in ConvolutionSizes sizes, float* gradient, float* kernels, float* to)
    {
        if (way == ConvolutionWay.Tiles) WinogradConvolution.RunBackward(WinogradSizes.Of(sizes.Backward), gradient, kernels, to);
        else if (way == ConvolutionWay.Direct) DirectConvolution.RunBackward(sizes, gradient, kernels, to);
        else if (way == ConvolutionWay.Strided) StridedImageGradient.Run(sizes, gradient, kernels, to);
        else ImageConvolution.RunBackward(sizes, gradient, kernels, to);
    }

    private static void SetKernelGradient(
        ConvolutionWay way, in ConvolutionSizes sizes, float* images, float* gradient, float* to)
    {
        if (way == ConvolutionWay.Tiles) WinogradKernelGradient.Run(WinogradSizes.Of(sizes).OfKernels, images, gradient, to);
        else if (way == ConvolutionWay.Direct) DirectKernelGradient.Run(sizes, images, gradient, to);
        else KernelGradient.Run(sizes, images, gradient, to);
    }
}
