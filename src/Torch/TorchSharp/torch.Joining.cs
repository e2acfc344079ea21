using System.Runtime.InteropServices;
using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Tensors laid end to end along one dimension; their other sizes are equal.</summary>
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Aten.cat(tensors, dim);

    /// <summary>Tensors laid end to end along one dimension; their other sizes are equal.</summary>
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Aten.cat(tensors, dim);

    /// <summary>Tensors laid end to end along one dimension; their other sizes are equal.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Aten.cat(AsSpan(tensors), dim);

    /// <summary>Tensors laid end to end along one dimension; their other sizes are equal.</summary>
    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    /// <summary>Tensors laid end to end along one dimension; their other sizes are equal.</summary>
    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    /// <summary>Tensors laid end to end along one dimension; their other sizes are equal.</summary>
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    /// <summary>Tensors of equal shape laid along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Aten.stack(AsSpan(tensors), dim);

    /// <summary>Elements of <paramref name="x"/> where the condition is true, else of <paramref name="y"/>.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Aten.where(condition, x, y);

    /// <summary>At most <paramref name="chunks"/> parts of one dimension.</summary>
    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0) => input.chunk(chunks, dim);

    /// <summary>Parts of given sizes of one dimension.</summary>
    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0L) =>
        tensor.split(split_size_or_sections, dim);

    /// <summary>The slices of one dimension, which is gone in each.</summary>
    public static Tensor[] unbind(Tensor input, long dim = 0L) => input.unbind(dim);

    /// <summary>The elements at the positions of one dimension that <paramref name="index"/> says, of its shape.</summary>
    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);

    /// <summary>The slices of one dimension that a list of indices says.</summary>
    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);

    /// <summary>The elements where the mask is true, in one dimension.</summary>
    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);

    /// <summary>A part of one dimension, in the same memory.</summary>
    public static Tensor narrow(Tensor input, long dim, long start, long length) => input.narrow(dim, start, length);

    /// <summary>The positions of the elements that differ from zero: [count, dimensions].</summary>
    public static Tensor nonzero(Tensor input) => input.nonzero();

    /// <summary>The same memory with its dimensions in another order.</summary>
    public static Tensor permute(Tensor input, params long[] permutation) => input.permute(permutation);

    /// <summary>The same elements under another shape.</summary>
    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);

    /// <summary>The same elements with a range of dimensions joined into one.</summary>
    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);

    /// <summary>The same memory with two dimensions exchanged.</summary>
    public static Tensor transpose(Tensor input, long dim0, long dim1) => input.transpose(dim0, dim1);

    /// <summary>A dimension of size one inserted, in the same memory.</summary>
    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);

    /// <summary>A dimension, or all dimensions, of size one left out, in the same memory.</summary>
    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);

    private static ReadOnlySpan<Tensor> AsSpan(IEnumerable<Tensor> tensors) => tensors switch
    {
        Tensor[] array => array,
        List<Tensor> list => CollectionsMarshal.AsSpan(list),
        _ => tensors.ToArray(),
    };
}
