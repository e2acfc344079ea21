using static TorchSharp.torch;

namespace Dsl.Runtime;

// Pooling with what its derivatives need, changes of resolution, and the derivatives.
public static partial class Aten
{
    /// <summary>The largest element of each window, and where it stood.</summary>
    public static (Tensor, Tensor) max_pool2d_with_indices(
        Tensor x, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation,
        bool ceiling)
    {
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

    /// <summary>The gradient of x.</summary>
    public static Tensor max_pool2d_with_indices_backward(
        Tensor gradient, Tensor x, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding,
        ReadOnlySpan<long> dilation, bool ceiling, Tensor indices)
    {
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

    /// <summary>The gradient of x.</summary>
    public static Tensor avg_pool2d_backward(
        Tensor gradient, Tensor x, ReadOnlySpan<long> kernel, ReadOnlySpan<long> stride, ReadOnlySpan<long> padding,
        bool ceiling, bool countPadding)
    {
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
