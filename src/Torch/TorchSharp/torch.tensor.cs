using System.Runtime.InteropServices;
using Dsl.Torch;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>A tensor with a copy of the elements and the dimensions of an array.</summary>
    /// <param name="rawArray">An array of numbers or truth values, of any rank.</param>
    /// <param name="device">Where the tensor lives; the processor when not given.</param>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A tensor with a copy of the elements and the dimensions of an array.</summary>
    /// <param name="rawArray">An array of numbers or truth values, of any rank.</param>
    /// <param name="dtype">The type of the elements; the array's when not given.</param>
    /// <param name="device">Where the tensor lives; the processor when not given.</param>
    /// <param name="requires_grad">Whether operations on the tensor are recorded.</param>
    /// <param name="names">Names of dimensions: not supported, must be null.</param>
    public static Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        RefuseNames(names);
        var type = ElementTypes.Of(rawArray.GetType().GetElementType()!);
        fixed (byte* data = &MemoryMarshal.GetArrayDataReference(rawArray))
        {
            return Recorded(FromMemory(data, Lengths(rawArray), type, dtype, device), requires_grad);
        }
    }

    private static Tensor FromArray<T>(Array array, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(array);
        ref var first = ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array));
        var elements = MemoryMarshal.CreateReadOnlySpan(ref first, array.Length);
        return FromMemory(elements, Lengths(array), dtype, device, requiresGrad, names);
    }

    private static Tensor FromMemory<T>(
        ReadOnlySpan<T> elements, ReadOnlySpan<long> dimensions, ScalarType? dtype, Device? device, bool requiresGrad,
        string[]? names)
        where T : unmanaged
    {
        RefuseNames(names);
        var needed = 1L;
        foreach (var size in dimensions)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(dimensions));
            needed = checked(needed * size);
        }

        if (needed > elements.Length)
        {
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {needed} vs. {elements.Length}");
        }

        fixed (T* data = elements)
        {
            return Recorded(FromMemory((byte*)data, dimensions, ElementTypes.Of(typeof(T)), dtype, device), requiresGrad);
        }
    }

    private static Tensor FromMemory(byte* data, ReadOnlySpan<long> dimensions, ScalarType type, ScalarType? dtype,
    Device? device)
    {
        var where = device ?? CPU;
        nint handle;
        fixed (long* sizes = dimensions)
        {
            NativeStatus.Check(NativeMethods.TensorFromMemory(
                data, sizes, dimensions.Length, (int)type, (int)where.type, where.index, &handle));
        }

        var tensor = new Tensor(handle);
        return dtype is { } wanted && wanted != type ? tensor.to_type(wanted, disposeAfter: true) : tensor;
    }

    private static long[] Lengths(Array array)
    {
        var lengths = new long[array.Rank];
        for (var dimension = 0; dimension < lengths.Length; dimension++)
        {
            lengths[dimension] = array.GetLongLength(dimension);
        }

        return lengths;
    }

    private static Tensor Recorded(Tensor tensor, bool requiresGrad) => requiresGrad ? tensor.requires_grad_() : tensor;

    private static void RefuseNames(string[]? names)
    {
        if (names is { Length: > 0 })
        {
            throw new NotSupportedException("Named dimensions are not supported.");
        }
    }
}
