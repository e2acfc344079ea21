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

    /// <summary>A tensor of 32-bit numbers in the processor's memory that are not set, without gaps: a typed call, which costs
    /// less than TorchSharp's.</summary>
    /// <returns>The caller frees it.</returns>
    public static Tensor Empty(params ReadOnlySpan<long> sizes)
    {
        Span<long> strides = stackalloc long[sizes.Length];
        long step = 1;
        for (int i = sizes.Length - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= Math.Max(1, sizes[i]);
        }

        nint handle;
        int status;
        fixed (long* size = sizes, stride = strides)
        {
            status = LibTorchAbi.NewEmpty(
                sizes.Length, size, stride, LibTorchAbi.Float32, LibTorchAbi.Processor, 0, &handle);
        }

        return status == 0 ? Tensor.UnsafeCreateTensor(handle)
            : throw new TorchException("libtorch has no memory for a tensor; its reason stands on standard error.");
    }

    /// <summary>A 32-bit number without dimensions.</summary>
    /// <returns>The caller frees it.</returns>
    public static Tensor Number(float number)
    {
        var tensor = Empty();
        *(float*)Pointer(tensor) = number;
        return tensor;
    }

    /// <summary>The elements of a vector of 64-bit integers in the processor's memory, where they lie side by side. Valid as
    /// long as the tensor is: keep it alive.</summary>
    public static bool TryIndices(Tensor tensor, out ReadOnlySpan<long> indices)
    {
        nint handle = tensor.Handle;
        int device = -1, type = -1;
        long rank = -1;
        long* sizes = null, strides = null;
        void* pointer = null;
        bool fits = LibTorchAbi.DeviceType(handle, &device) == 0 && device == LibTorchAbi.Processor
            && LibTorchAbi.ElementType(handle, &type) == 0 && type == LibTorchAbi.Int64
            && LibTorchAbi.Dimensions(handle, &rank) == 0 && rank == 1
            && LibTorchAbi.Sizes(handle, &sizes) == 0 && LibTorchAbi.Strides(handle, &strides) == 0
            && (strides[0] == 1 || sizes[0] == 1) && sizes[0] <= int.MaxValue
            && LibTorchAbi.DataPointer(handle, &pointer) == 0;
        indices = fits ? new ReadOnlySpan<long>(pointer, (int)sizes[0]) : default;
        return fits;
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
