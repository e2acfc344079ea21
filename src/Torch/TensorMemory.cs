using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Torch;

/// <summary>The memory behind tensors.</summary>
public static unsafe class TensorMemory
{
    /// <summary>The elements of a contiguous tensor on the CPU, without a copy.</summary>
    /// <remarks>Valid only as long as the tensor is: keep it alive, and undisposed, while the span is in use.</remarks>
    /// <typeparam name="T">The elements' type, or a vector of them: its size must divide the tensor's bytes.</typeparam>
    /// <exception cref="ArgumentException">The tensor is elsewhere, not contiguous, or no whole number of such elements.</exception>
    public static Span<T> Span<T>(Tensor tensor)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var handle = tensor.Handle;
        if (NativeMethods.TensorDeviceType(handle) != (int)DeviceType.CPU
            || NativeMethods.TensorIsContiguous(handle, (int)MemoryFormat.Contiguous) != 1)
        {
            throw new ArgumentException("Only a contiguous tensor on the CPU has memory to look at.", nameof(tensor));
        }

        var bytes = NativeMethods.TensorNumel(handle) * NativeMethods.TensorElementSize(handle);
        if (bytes % sizeof(T) != 0 || bytes / sizeof(T) > int.MaxValue)
        {
            throw new ArgumentException($"{bytes} bytes are no span of elements of {sizeof(T)} bytes.", nameof(tensor));
        }

        return new Span<T>(NativeMethods.TensorData(handle), (int)(bytes / sizeof(T)));
    }

    /// <summary>A new tensor with a copy of the elements.</summary>
    /// <param name="elements">The elements in row-major order.</param>
    /// <param name="shape">The sizes; their product is the number of elements.</param>
    /// <param name="dtype">The elements' type, of the same size as <typeparamref name="T"/>.</param>
    /// <param name="device">Where the tensor shall live; the CPU when not given.</param>
    /// <exception cref="ArgumentException">Shape or type do not fit the elements.</exception>
    public static Tensor Copy<T>(ReadOnlySpan<T> elements, ReadOnlySpan<long> shape, ScalarType dtype, Device? device = null)
        where T : unmanaged
    {
        var bytes = (long)elements.Length * sizeof(T);
        var expected = ElementSize(dtype);
        foreach (var size in shape)
        {
            expected = checked(expected * size);
        }

        if (bytes != expected)
        {
            throw new ArgumentException(
                $"A {dtype} tensor of shape [{string.Join(", ", shape.ToArray())}] has {expected} bytes, but {bytes} were given.",
                nameof(elements));
        }

        nint created;
        fixed (T* data = elements)
        fixed (long* sizes = shape)
        {
            NativeStatus.Check(NativeMethods.TensorFromMemory(
                data, sizes, shape.Length, (int)dtype, (int)(device?.type ?? DeviceType.CPU), device?.index ?? -1, &created));
        }

        return TensorWrapper.Wrap(created);
    }

    /// <summary>Copies the elements, in row-major order, to memory of the same size.</summary>
    /// <exception cref="TorchException">The sizes differ.</exception>
    public static void CopyTo<T>(Tensor tensor, Span<T> destination)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        fixed (T* pointer = destination)
        {
            NativeStatus.Check(NativeMethods.TensorCopyToMemory(tensor.Handle, pointer, (long)destination.Length * sizeof(T)));
        }

        GC.KeepAlive(tensor);
    }

    private static long ElementSize(ScalarType dtype) => dtype switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "Not an element type."),
    };
}
