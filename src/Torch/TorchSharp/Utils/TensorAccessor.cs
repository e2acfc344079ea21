using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Dsl.Torch;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor in the processor's memory, read and written in place, in row-major order.</summary>
/// <typeparam name="T">The .NET type of an element.</typeparam>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly T* memory;
    private readonly long[] shape;
    private readonly long[] strides;

    internal TensorAccessor(torch.Tensor tensor)
    {
        this.tensor = tensor;
        memory = (T*)NativeMethods.TensorData(tensor.Handle);
        shape = tensor.shape;
        strides = tensor.stride();
    }

    /// <summary>The number of elements.</summary>
    public long Count => tensor.numel();

    /// <summary>Always false: elements can be set.</summary>
    public bool IsReadOnly => false;

    /// <summary>One element, by its index in each dimension, or by its position when one index is given.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such element.</exception>
    public T this[params long[] indices]
    {
        get => *Locate(indices);
        set => *Locate(indices) = value;
    }

    /// <summary>A copy of the elements in row-major order.</summary>
    public T[] ToArray()
    {
        var result = new T[Count];
        CopyTo(result);
        return result;
    }

    /// <summary>
    /// A copy of the elements in an array with the tensor's dimensions; a tensor without dimensions gives one element.
    /// </summary>
    /// <exception cref="NotSupportedException">The tensor has more than six dimensions.</exception>
    public Array ToNDArray()
    {
        if (shape.Length == 0)
        {
            return ToArray();
        }

        Array result = shape.Length switch
        {
            1 => new T[shape[0]],
            2 => new T[shape[0], shape[1]],
            3 => new T[shape[0], shape[1], shape[2]],
            4 => new T[shape[0], shape[1], shape[2], shape[3]],
            5 => new T[shape[0], shape[1], shape[2], shape[3], shape[4]],
            6 => new T[shape[0], shape[1], shape[2], shape[3], shape[4], shape[5]],
            _ => throw new NotSupportedException($"An array of {shape.Length} dimensions: at most 6 are supported."),
        };
        var position = new long[shape.Length];
        foreach (var value in this)
        {
            result.SetValue(value, position);
            for (var dimension = shape.Length - 1; dimension >= 0 && ++position[dimension] == shape[dimension]; dimension--)
            {
                position[dimension] = 0;
            }
        }

        return result;
    }

    /// <summary>Copies elements to an array, as many as fit.</summary>
    /// <param name="array">Where to.</param>
    /// <param name="arrayIndex">The first place in the array.</param>
    /// <param name="tensorIndex">The first element, in row-major order.</param>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies elements to a span, as many as fit.</summary>
    /// <param name="array">Where to.</param>
    /// <param name="arrayIndex">The first place in the span.</param>
    /// <param name="tensorIndex">The first element, in row-major order.</param>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var count = (int)Math.Min(target.Length, Math.Max(Count - tensorIndex, 0));
        if (tensor.is_contiguous())
        {
            new ReadOnlySpan<T>(memory + tensorIndex, count).CopyTo(target);
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                target[i] = memory[Offset(tensorIndex + i)];
            }
        }

        GC.KeepAlive(tensor);
    }

    /// <summary>Copies an array into the tensor, as many elements as fit.</summary>
    /// <param name="array">Where from.</param>
    /// <param name="arrayIndex">The first place in the array.</param>
    /// <param name="tensorIndex">The first element to replace, in row-major order.</param>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <summary>Copies a span into the tensor, as many elements as fit.</summary>
    /// <param name="array">Where from.</param>
    /// <param name="arrayIndex">The first place in the span.</param>
    /// <param name="tensorIndex">The first element to replace, in row-major order.</param>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var count = (int)Math.Min(source.Length, Math.Max(Count - tensorIndex, 0));
        for (var i = 0; i < count; i++)
        {
            memory[Offset(tensorIndex + i)] = source[i];
        }

        GC.KeepAlive(tensor);
    }

    /// <summary>Does nothing: the tensor stays its owner's.</summary>
    public void Dispose()
    {
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (long position = 0, count = Count; position < count; position++)
        {
            yield return At(position);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private T At(long position)
    {
        var value = memory[Offset(position)];
        GC.KeepAlive(tensor);
        return value;
    }

    [SuppressMessage("Usage", "CA2201",
    Justification = "It is an index out of range, as in an array; TorchSharp throws the same.")]
    private T* Locate(long[] indices)
    {
        if (indices.Length == 1 && shape.Length != 1)
        {
            return (ulong)indices[0] < (ulong)Count ? memory + Offset(indices[0]) : throw new IndexOutOfRangeException();
        }

        if (indices.Length != shape.Length)
        {
            throw new IndexOutOfRangeException($"{indices.Length} indices were given for {shape.Length} dimensions.");
        }

        var offset = 0L;
        for (var dimension = 0; dimension < shape.Length; dimension++)
        {
            if ((ulong)indices[dimension] >= (ulong)shape[dimension])
            {
                throw new IndexOutOfRangeException(
                    $"Index {indices[dimension]} is outside dimension {dimension} of size {shape[dimension]}.");
            }

            offset += indices[dimension] * strides[dimension];
        }

        return memory + offset;
    }

    private long Offset(long position)
    {
        var offset = 0L;
        for (var dimension = shape.Length - 1; dimension >= 0; dimension--)
        {
            offset += position % shape[dimension] * strides[dimension];
            position /= shape[dimension];
        }

        return offset;
    }
}
