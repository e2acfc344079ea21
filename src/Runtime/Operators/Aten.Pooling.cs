using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

// Pooling with what its derivatives need, changes of resolution, and the derivatives.
public static unsafe partial class Aten
{
    /// <summary>The largest element of each window.</summary>
    public static Tensor max_pool2d(
        Tensor x, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation,
        bool ceiling)
    {
        ArgumentNullException.ThrowIfNull(x);
        return !ceiling && TryMaxPool(x, kernel, stride, padding, dilation, out _, wantsIndices: false) is { } output
            ? output
            : nn.functional.max_pool2d(
                x, kernel.ToArray(), stride.ToArray(), padding.ToArray(), dilation.ToArray(), ceiling);
    }

    /// <summary>The largest element of each window, and where it stood.</summary>
    public static (Tensor, Tensor) max_pool2d_with_indices(
        Tensor x, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation,
        bool ceiling)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!ceiling && TryMaxPool(x, kernel, stride, padding, dilation, out Tensor? indices) is { } output)
            return (output, indices!);
        var call = new OperatorCall(stackalloc ulong[6]);
        call.Add(x);
        call.Add(kernel);
        call.Add(stride);
        call.Add(padding);
        call.Add(dilation);
        call.Add(ceiling);
        call.Run("aten::max_pool2d_with_indices"u8);
        return (call.Result(0)!, call.Result(1)!);
    }

    private static Tensor? TryMaxPool(
        Tensor x, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation,
        out Tensor? indices, bool wantsIndices = true)
    {
        indices = null;
        if (LibTorchAbi.GradModeIsEnabled() != 0 || dilation is not [1, 1] || !TensorLayout.TryOf(x, out var images)
            || !images.IsPlain || !TryWindow(images, kernel, stride, padding, out var window)) return null;
        ReadOnlySpan<long> shape = [images.Sizes[0], images.Sizes[1], window.OutputHeight, window.OutputWidth];
        var output = TensorMemory.Empty(shape);
        if (wantsIndices) indices = TensorMemory.EmptyIndices(shape);
        MaxPoolLoop.Run(
            window, images.Data, images.Sizes[0] * images.Sizes[1], (float*)TensorMemory.Pointer(output),
            indices is null ? null : (long*)TensorMemory.Pointer(indices));
        GC.KeepAlive(x);
        return output;
    }

    /// <summary>The gradient of x, of which the height and the width are all that it takes to know.</summary>
    public static Tensor max_pool2d_with_indices_backward(
        Tensor gradient, ReadOnlySpan<long> size, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride,
        ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation, bool ceiling, Tensor indices)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(indices);
        if (TryMaxPoolBackward(gradient, size, indices) is { } ofX) return ofX;
        using var x = gradient.new_empty(gradient.size(0), gradient.size(1), size[0], size[1]);
        var call = new OperatorCall(stackalloc ulong[8]);
        call.Add(gradient);
        call.Add(x);
        call.Add(kernel);
        call.Add(stride);
        call.Add(padding);
        call.Add(dilation);
        call.Add(ceiling);
        call.Add(indices);
        call.Run("aten::max_pool2d_with_indices_backward"u8);
        return call.Result();
    }

    /// <summary>The mean of each window.</summary>
    public static Tensor avg_pool2d(
        Tensor x, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, bool ceiling,
        bool countPadding)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (ceiling || !LoopChoice.CanRun || !TensorLayout.TryOf(x, out var images) || !images.IsPlain
            || !TryWindow(images, kernel, stride, padding, out var window) || !AvgPoolLoop.Takes(window))
        {
            return nn.functional.avg_pool2d(
                x, kernel.ToArray(), stride.ToArray(), padding.ToArray(), ceiling, countPadding);
        }

        var output = TensorMemory.Empty(images.Sizes[0], images.Sizes[1], window.OutputHeight, window.OutputWidth);
        AvgPoolLoop.Run(window, images.Data, images.Sizes[0] * images.Sizes[1], (float*)TensorMemory.Pointer(output));
        GC.KeepAlive(x);
        return output;
    }

    private static bool TryWindow(
        in TensorLayout images, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding,
        out MaxPoolLoop.Window window)
    {
        window = default;
        if (images.Rank != 4 || images.Count == 0 || kernel.Length != 2 || stride.Length != 2 || padding.Length != 2)
            return false;
        window = new MaxPoolLoop.Window(
            images.Sizes[2], images.Sizes[3], (int)kernel[0], (int)kernel[1], (int)stride[0], (int)stride[1],
            (int)padding[0], (int)padding[1]);
        return window.IsSound;
    }

    private static Tensor? TryMaxPoolBackward(Tensor gradient, ReadOnlySpan<long> size, Tensor indices)
    {
        if (LibTorchAbi.GradModeIsEnabled() != 0 || !TensorLayout.TryOf(gradient, out var gradients) || !gradients.IsPlain
            || gradients.Rank != 4 || gradients.Count == 0 || indices.dtype != ScalarType.Int64
            || indices.device_type != DeviceType.CPU || !indices.is_contiguous() || indices.numel() != gradients.Count)
            return null;
        var ofX = TensorMemory.Empty(gradients.Sizes[0], gradients.Sizes[1], size[0], size[1]);
        MaxPoolLoop.RunBackward(
            gradients.Data, (long*)TensorMemory.Pointer(indices), gradients.Sizes[2] * gradients.Sizes[3],
            gradients.Sizes[0] * gradients.Sizes[1], (float*)TensorMemory.Pointer(ofX), size[0] * size[1]);
        GC.KeepAlive(gradient);
        GC.KeepAlive(indices);
        return ofX;
    }

    /// <summary>The gradient of x.</summary>
    public static Tensor avg_pool2d_backward(
        Tensor gradient, Tensor x, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding,
        bool ceiling, bool countPadding)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(x);
        if (!ceiling && LoopChoice.CanRun && TensorLayout.TryOf(gradient, out var gradients) && gradients.IsPlain
            && TensorLayout.TryOf(x, out var images) && TryWindow(images, kernel, stride, padding, out var window)
            && AvgPoolLoop.Takes(window)
            && gradients.Sizes.SequenceEqual([images.Sizes[0], images.Sizes[1], window.OutputHeight, window.OutputWidth]))
        {
            var ofX = TensorMemory.Empty(images.Sizes);
            AvgPoolLoop.RunBackward(
                window, gradients.Data, images.Sizes[0] * images.Sizes[1], (float*)TensorMemory.Pointer(ofX));
            GC.KeepAlive(gradient);
            GC.KeepAlive(x);
            return ofX;
        }

        var call = new OperatorCall(stackalloc ulong[8]);
        call.Add(gradient);
        call.Add(x);
        call.Add(kernel);
        call.Add(stride);
        call.Add(padding);
        call.Add(ceiling);
        call.Add(countPadding);
        call.AddNone();
        call.Run("aten::avg_pool2d_backward"u8);
        return call.Result();
    }

    /// <summary>The gradient of x.</summary>
    public static Tensor _adaptive_avg_pool2d_backward(Tensor gradient, Tensor x) =>
        Call("aten::_adaptive_avg_pool2d_backward"u8, gradient, x);

    /// <summary>Images in another size, averaged where they shrink: [N, C, H, W], of bytes too.</summary>
    public static Tensor _upsample_bilinear2d_aa(Tensor x, ReadOnlySpan<long> size)
    {
        var call = new OperatorCall(stackalloc ulong[5]);
        call.Add(x);
        call.Add(size);
        call.Add(false);
        call.AddNone();
        call.AddNone();
        call.Run("aten::_upsample_bilinear2d_aa"u8);
        return call.Result();
    }

    /// <summary>The gradient of an image [N, C, H, W] of the given sizes.</summary>
    public static Tensor upsample_nearest2d_backward(Tensor gradient, ReadOnlySpan<long> size, ReadOnlySpan<long> inputSizes)
    {
        var call = new OperatorCall(stackalloc ulong[5]);
        call.Add(gradient);
        call.Add(size);
        call.Add(inputSizes);
        call.AddNone();
        call.AddNone();
        call.Run("aten::upsample_nearest2d_backward"u8);
        return call.Result();
    }

    /// <summary>The gradient of an image [N, C, H, W] of the given sizes.</summary>
    public static Tensor upsample_bilinear2d_backward(
        Tensor gradient, ReadOnlySpan<long> size, ReadOnlySpan<long> inputSizes, bool alignCorners)
    {
        var call = new OperatorCall(stackalloc ulong[6]);
        call.Add(gradient);
        call.Add(size);
        call.Add(inputSizes);
        call.Add(alignCorners);
        call.AddNone();
        call.AddNone();
        call.Run("aten::upsample_bilinear2d_backward"u8);
        return call.Result();
    }

    /// <summary>The gradient of x.</summary>
    public static Tensor reflection_pad1d_backward(Tensor gradient, Tensor x, ReadOnlySpan<long> padding)
    {
        var call = new OperatorCall(stackalloc ulong[3]);
        call.Add(gradient);
        call.Add(x);
        call.Add(padding);
        call.Run("aten::reflection_pad1d_backward"u8);
        return call.Result();
    }

    /// <summary>The gradient of x.</summary>
    public static Tensor reflection_pad2d_backward(Tensor gradient, Tensor x, ReadOnlySpan<long> padding)
    {
        var call = new OperatorCall(stackalloc ulong[3]);
        call.Add(gradient);
        call.Add(x);
        call.Add(padding);
        call.Run("aten::reflection_pad2d_backward"u8);
        return call.Result();
    }
}
