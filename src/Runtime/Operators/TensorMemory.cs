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

    /// <summary>A tensor's shape, without a copy of it. Valid as long as the tensor is.</summary>
    public static ReadOnlySpan<long> Sizes(Tensor tensor)
    {
        long rank = 0;
        long* sizes = null;
        return LibTorchAbi.Dimensions(tensor.Handle, &rank) == 0 && LibTorchAbi.Sizes(tensor.Handle, &sizes) == 0
            ? new(sizes, (int)rank) : throw TorchException.Refused("the shape of", tensor);
    }

    /// <summary>A tensor of 32-bit numbers in the processor's memory that are not set, without gaps: of the step that runs on
    /// this thread, or memory of its own.</summary>
    /// <returns>The caller frees it.</returns>
    public static Tensor Empty(params ReadOnlySpan<long> sizes) => StepMemory.Take(sizes, LibTorchAbi.Float32);

    /// <summary>The same of 64-bit integers.</summary>
    /// <returns>The caller frees it.</returns>
    public static Tensor EmptyIndices(params ReadOnlySpan<long> sizes) => StepMemory.Take(sizes, LibTorchAbi.Int64);

    /// <summary>The same of numbers of 16 bits, bfloat16.</summary>
    /// <returns>The caller frees it.</returns>
    public static Tensor EmptyBFloat16(params ReadOnlySpan<long> sizes) => StepMemory.Take(sizes, LibTorchAbi.BFloat16);

    /// <summary>A tensor whose elements are not set, row by row, of another one's type and device.</summary>
    /// <returns>The caller frees it.</returns>
    public static Tensor Like(Tensor other, params ReadOnlySpan<long> sizes) =>
        other.device_type == DeviceType.CPU && other.dtype == ScalarType.Float32 ? Empty(sizes)
        : other.new_empty(sizes.ToArray());

    /// <summary>The same of another one's shape.</summary>
    /// <returns>The caller frees it.</returns>
    public static Tensor Like(Tensor other) => TensorLayout.TryOf(other, out var layout) ? Empty(layout.Sizes)
        : other.new_empty(other.shape);

    /// <summary>The same in memory of its own: a typed call, which costs less than TorchSharp's.</summary>
    /// <returns>The caller frees it.</returns>
    public static Tensor New(ReadOnlySpan<long> sizes, int type)
    {
        Span<long> strides = stackalloc long[sizes.Length];
        SetStrides(sizes, strides);
        nint handle;
        int status;
        fixed (long* size = sizes, stride = strides)
        {
            status = LibTorchAbi.NewEmpty(
                sizes.Length, size, stride, type, LibTorchAbi.Processor, 0, &handle);
        }

        return status == 0 ? Tensor.UnsafeCreateTensor(handle)
            : throw new TorchException("libtorch has no memory for a tensor; its reason stands on standard error.");
    }

    /// <summary>A tensor at a place of another one, which stays in memory as long as it does.</summary>
    /// <param name="buffer">Without gaps.</param>
    /// <param name="offset">Elements before the place.</param>
    /// <param name="sizes">The shape there.</param>
    /// <returns>The caller frees it.</returns>
    public static Tensor At(Tensor buffer, long offset, ReadOnlySpan<long> sizes)
    {
        Span<long> strides = stackalloc long[sizes.Length];
        SetStrides(sizes, strides);
        return View(buffer, offset, sizes, strides);
    }

    /// <summary>Elements of a tensor in another order, shape or number, where they lie, for any type and device. Autograd does
    /// not see it.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="offset">Elements in memory from its first to that of the view.</param>
    /// <param name="sizes">The view's shape.</param>
    /// <param name="strides">Elements in memory from one to the next in each dimension.</param>
    /// <returns>The caller frees it.</returns>
    public static Tensor View(Tensor x, long offset, ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides)
    {
        nint handle;
        int status;
        fixed (long* size = sizes, stride = strides)
            status = LibTorchAbi.Reinterpret(x.Handle, sizes.Length, size, stride, offset, &handle);

        GC.KeepAlive(x);
        return status == 0 ? Tensor.UnsafeCreateTensor(handle) : throw TorchException.Refused("a view of", x);
    }

    /// <summary>Strides of a shape whose elements lie row by row.</summary>
    public static void SetStrides(ReadOnlySpan<long> sizes, Span<long> strides)
    {
        long step = 1;
        for (int i = sizes.Length - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= Math.Max(1, sizes[i]);
        }
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
