namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor without dimensions.</summary>
    public static Tensor tensor(byte scalar, Device? device = null, bool requires_grad = false) =>
        FromMemory<byte>([scalar], [], null, device, requires_grad, null);

    /// <summary>A tensor with a copy of the elements of an array.</summary>
    /// <param name="rawArray">The elements in row-major order.</param>
    /// <param name="dimensions">The size of each dimension.</param>
    /// <param name="dtype">The type of the elements; the array's when not given.</param>
    /// <param name="device">Where the tensor lives; the processor when not given.</param>
    /// <param name="requires_grad">Whether operations on the tensor are recorded.</param>
    /// <param name="names">Names of dimensions: not supported, must be null.</param>
    /// <exception cref="ArgumentException">The array has fewer elements than the dimensions say.</exception>
    public static Tensor tensor(
        byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        FromMemory<byte>(rawArray, dimensions, dtype, device, requires_grad, names);

    /// <inheritdoc cref="tensor(byte[], ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(
        byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromMemory<byte>(rawArray, [rawArray.Length], dtype, device, requires_grad, names);

    /// <inheritdoc cref="tensor(byte[], ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(
        IList<byte> rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        FromMemory<byte>(rawArray.ToArray(), [rawArray.Count], dtype, device, requires_grad, names);

    /// <inheritdoc cref="tensor(byte[], ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(
        IList<byte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        FromMemory<byte>(rawArray.ToArray(), dimensions, dtype, device, requires_grad, names);

    /// <inheritdoc cref="tensor(byte[], ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(
        IList<byte> rawArray, long rows, long columns, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        FromMemory<byte>(rawArray.ToArray(), [rows, columns], dtype, device, requires_grad, names);

    /// <inheritdoc cref="tensor(byte[], ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(
        IList<byte> rawArray, long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        FromMemory<byte>(rawArray.ToArray(), [dim0, dim1, dim2], dtype, device, requires_grad, names);

    /// <inheritdoc cref="tensor(byte[], ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(
        IList<byte> rawArray, long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        FromMemory<byte>(rawArray.ToArray(), [dim0, dim1, dim2, dim3], dtype, device, requires_grad, names);

    /// <inheritdoc cref="tensor(byte[], ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(
        byte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromArray<byte>(rawArray, dtype, device, requires_grad, names);

    /// <inheritdoc cref="tensor(byte[], ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(
        byte[,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        FromArray<byte>(rawArray, dtype, device, requires_grad, names);

    /// <inheritdoc cref="tensor(byte[], ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(
        byte[,,,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        FromArray<byte>(rawArray, dtype, device, requires_grad, names);

    /// <inheritdoc cref="tensor(byte[], ReadOnlySpan{long}, ScalarType?, Device?, bool, string[])"/>
    public static Tensor tensor(
        Memory<byte> rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, string[]? names = null) =>
        FromMemory<byte>(rawArray.Span, dimensions, dtype, device, requires_grad, names);
}
