using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The memory behind a tensor, for loops of our own.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>Whether a loop can go over a tensor as it lies: floating numbers in the processor's memory, row-major without
    /// gaps.</summary>
    public static bool IsPlain(Tensor tensor)
    {
        byte contiguous = 0;
        return tensor.device_type == DeviceType.CPU && tensor.dtype is (ScalarType.Float32 or ScalarType.Float64)
            && LibTorchAbi.IsContiguous(tensor.Handle, &contiguous) == 0 && contiguous != 0;
    }

    /// <summary>The first element. Valid as long as the tensor is: keep it alive, and undisposed, while the pointer is in
    /// use.</summary>
    public static void* Pointer(Tensor tensor)
    {
        void* pointer;
        return LibTorchAbi.DataPointer(tensor.Handle, &pointer) == 0
            ? pointer
            : throw TorchException.Refused("the memory of", tensor);
    }

    /// <summary>A tensor in the processor's memory with given elements: without TorchSharp's own way from arrays, which a native
    /// binary has no code for.</summary>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="type">Their type, of the size of <typeparamref name="T"/>.</param>
    /// <param name="shape">The shape, of as many elements.</param>
    /// <returns>The caller frees it.</returns>
    public static Tensor Filled<T>(ReadOnlySpan<T> values, ScalarType type, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var tensor = empty(shape, type);
        values.CopyTo(new Span<T>(Pointer(tensor), values.Length));
        return tensor;
    }

    /// <summary>The elements of a tensor, as doubles, in an array.</summary>
    public static double[] Doubles(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var plain = tensor.to_type(ScalarType.Float64).cpu().contiguous();
        return new ReadOnlySpan<double>(Pointer(plain), checked((int)plain.numel())).ToArray();
    }
}
