using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The transpose of a matrix; a tensor with fewer dimensions as it is.</summary>
        public Tensor T => Aten.t(this);

        /// <summary>The matrix, or each matrix of a batch, transposed.</summary>
        public Tensor mT => transpose(-2, -1);

        /// <summary>The same memory under another shape; one size may be -1.</summary>
        public Tensor view(params long[] shape) => Aten.view(this, shape);

        /// <summary>The same memory under the shape of another tensor.</summary>
        public Tensor view_as(Tensor other)
        {
            ArgumentNullException.ThrowIfNull(other);
            return view(other.shape);
        }

        /// <summary>The same elements under another shape, copied only when they have to be; one size may be -1.</summary>
        public Tensor reshape(params long[] shape) => Aten.reshape(this, shape);

        /// <summary>The same elements with a range of dimensions joined into one.</summary>
        /// <param name="start_dim">The first dimension to join.</param>
        /// <param name="end_dim">The last dimension to join.</param>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Aten.flatten(this, start_dim, end_dim);

        /// <summary>The same memory with one dimension split into several.</summary>
        public Tensor unflatten(long dim, params long[] sizes)
        {
            ArgumentNullException.ThrowIfNull(sizes);
            var at = Dimension((int)dim);
            var old = shape;
            return view([.. old.AsSpan(0, at), .. sizes, .. old.AsSpan(at + 1)]);
        }

        /// <summary>The elements in one dimension.</summary>
        public Tensor ravel() => reshape(-1);

        /// <summary>The same memory with its dimensions in another order.</summary>
        public Tensor permute(params long[] permutation) => Aten.permute(this, permutation);

        /// <summary>The same memory with two dimensions exchanged.</summary>
        public Tensor transpose(long dim0, long dim1) => Aten.transpose(this, dim0, dim1);

        /// <summary>The transpose of a matrix; a tensor with fewer dimensions as it is.</summary>
        public Tensor t() => Aten.t(this);

        /// <summary>A part of one dimension, in the same memory.</summary>
        /// <param name="dim">The dimension.</param>
        /// <param name="start">The first index.</param>
        /// <param name="length">How many.</param>
        public Tensor narrow(long dim, long start, long length) => Aten.narrow(this, dim, start, length);

        /// <summary>Every <paramref name="step"/>-th index of a part of one dimension, in the same memory.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => Aten.slice(this, dim, start, finish, step);

        /// <summary>One index of one dimension, in the same memory; the dimension is gone.</summary>
        public Tensor select(long dim, long index) => Aten.select(this, dim, index);

        /// <summary>A dimension of size one inserted, in the same memory.</summary>
        public Tensor unsqueeze(long dim) => Aten.unsqueeze(this, dim);

        /// <summary>A dimension of size one inserted, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor unsqueeze_(long dim)
        {
            Aten.unsqueeze_(this, dim);
            return this;
        }

        /// <summary>A dimension, or all dimensions, of size one left out, in the same memory.</summary>
        public Tensor squeeze(long? dim = null) => dim is { } one ? Aten.squeeze(this, one) : Aten.squeeze(this);

        /// <summary>A dimension, or all dimensions, of size one left out, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor squeeze_(long? dim = null)
        {
            if (dim is { } one)
            {
                Aten.squeeze_(this, one);
            }
            else
            {
                Aten.squeeze_(this);
            }

            return this;
        }

        /// <summary>This tensor, or a copy when its elements do not lie in row-major order without gaps.</summary>
        public Tensor contiguous() => Aten.contiguous(this, MemoryFormat.Contiguous);

        /// <summary>The same memory with dimensions of size one stretched; -1 keeps a size.</summary>
        public Tensor expand(long[] sizes, bool isImplicit = false) => Aten.expand(this, sizes, isImplicit);

        /// <inheritdoc cref="expand(long[], bool)"/>
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Aten.expand(this, sizes, isImplicit);

        /// <inheritdoc cref="expand(long[], bool)"/>
        public Tensor expand(params long[] sizes) => Aten.expand(this, sizes);

        /// <summary>The same memory stretched to the shape of another tensor.</summary>
        public Tensor expand_as(Tensor other)
        {
            ArgumentNullException.ThrowIfNull(other);
            return expand(other.shape);
        }

        /// <summary>The same memory stretched to a shape.</summary>
        public Tensor broadcast_to(params long[] shape) => expand(shape);

        /// <summary>The tensor laid side by side, so many times in each dimension.</summary>
        public Tensor repeat(params long[] sizes) => Aten.repeat(this, sizes);

        /// <summary>Each slice of one dimension, or each element, so many times after one another.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Aten.repeat_interleave(this, repeats, dim, output_size);

        /// <summary>The order of the indices of some dimensions reversed.</summary>
        public Tensor flip(params long[] dims) => Aten.flip(this, dims);

        /// <summary>The indices of a dimension, or of the elements, moved around its end.</summary>
        public Tensor roll(long shifts, long? dims = null) => Aten.roll(this, [shifts], dims is { } one ? [one] : []);

        /// <summary>The indices of some dimensions moved around their ends.</summary>
        public Tensor roll(long[] shifts, long[] dims) => Aten.roll(this, shifts, dims);

        /// <summary>The diagonal of a matrix, or a matrix with the elements as its diagonal.</summary>
        public Tensor diag(long diagonal = 0) => Aten.diag(this, diagonal);

        /// <summary>The diagonal of two dimensions, as the last dimension of the result.</summary>
        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) => Aten.diagonal(this, offset, dim1, dim2);

        /// <summary>The lower triangle, zero above the diagonal.</summary>
        public Tensor tril(long diagonal = 0) => Aten.tril(this, diagonal);

        /// <summary>The upper triangle, zero below the diagonal.</summary>
        public Tensor triu(long diagonal = 0) => Aten.triu(this, diagonal);

        /// <summary>Parts of <paramref name="size"/> indices of one dimension, the last one perhaps smaller.</summary>
        public Tensor[] split(long size, int dim = 0)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
            return Aten.split(this, size, dim);
        }

        /// <summary>Parts of given sizes of one dimension.</summary>
        /// <exception cref="ArgumentException">The sizes do not add up to the size of the dimension.</exception>
        public Tensor[] split(long[] sizes, long dim = 0)
        {
            ArgumentNullException.ThrowIfNull(sizes);
            if (sizes.Sum() != size((int)dim))
            {
                throw new ArgumentException(
                    $"The sizes add up to {sizes.Sum()}, but dimension {dim} has {size((int)dim)}.", nameof(sizes));
            }

            return Aten.split_with_sizes(this, sizes, dim);
        }

        /// <summary>At most <paramref name="chunks"/> parts of one dimension, all of one size except perhaps the last.</summary>
        public Tensor[] chunk(long chunks, long dim = 0L)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunks);
            return Aten.chunk(this, chunks, dim);
        }

        /// <summary>The slices of one dimension, which is gone in each.</summary>
        public Tensor[] unbind(long dimension = 0L) => Aten.unbind(this, dimension);
    }
}
