using System.Runtime.CompilerServices;
using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Part of the tensor, in Python's manner; a view where it can be one.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>The elements at the positions that the tensors list, or that a mask marks.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>One index of the first dimension.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, i1);
        }

        /// <summary>One index of each of the first two dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(i1, i2);
            set => index_put_(value, i1, i2);
        }

        /// <summary>One index of each of the first three dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(i1, i2, i3);
            set => index_put_(value, i1, i2, i3);
        }

        /// <summary>One index of each of the first four dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(i1, i2, i3, i4);
            set => index_put_(value, i1, i2, i3, i4);
        }

        /// <summary>One index of each of the first dimensions.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => index(Array.ConvertAll(indices, i => TensorIndex.Single(i)));
            set => index_put_(value, Array.ConvertAll(indices, i => TensorIndex.Single(i)));
        }

        /// <summary>Part of the tensor, in Python's manner; a view where it can be one.</summary>
        public Tensor index(params TensorIndex[] indices)
        {
            ArgumentNullException.ThrowIfNull(indices);
            using var scope = NewDisposeScope();
            var (view, positions) = Resolve(indices);
            var result = positions is null ? view.alias() : Aten.index(view, positions);
            return result.MoveToOuterDisposeScope();
        }

        /// <summary>The elements at the positions that the tensors list, or that a mask marks.</summary>
        public Tensor index(params Tensor[] indices) => index(Array.ConvertAll(indices, TensorIndex.Tensor));

        /// <summary>Puts values, broadcast, where the indices say.</summary>
        /// <returns>This tensor.</returns>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, accumulate: false);

        /// <summary>Puts or adds values, broadcast, where the indices say.</summary>
        /// <returns>This tensor.</returns>
        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            ArgumentNullException.ThrowIfNull(indices);
            using var scope = NewDisposeScope();
            var (view, positions) = Resolve(indices);
            if (positions is not null)
            {
                Aten.index_put_(view, positions, value, accumulate);
            }
            else if (accumulate)
            {
                view.add_(value);
            }
            else
            {
                view.copy_(value);
            }

            return this;
        }

        /// <summary>Puts values, broadcast, at the positions that the tensors list, or that a mask marks.</summary>
        /// <returns>This tensor.</returns>
        public Tensor index_put_(Tensor value, params Tensor[] indices) =>
            index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));

        /// <summary>Puts or adds values, broadcast, at the positions that the tensors list, or that a mask marks.</summary>
        /// <returns>This tensor.</returns>
        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor), accumulate);

        /// <summary>Puts a number where the indices say.</summary>
        /// <returns>This tensor.</returns>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var number = full([], value, dtype, device);
            return index_put_(number, indices);
        }

        /// <summary>The slices of one dimension that a list of indices says.</summary>
        public Tensor index_select(long dim, Tensor index) => Aten.index_select(this, dim, index);

        /// <summary>The tensor with parts of another added at positions of one dimension, as often as these are named.</summary>
        /// <param name="dim">The dimension.</param>
        /// <param name="index">For each part the position in this tensor, int64.</param>
        /// <param name="source">The parts along <paramref name="dim"/>.</param>
        /// <param name="alpha">Factor of the parts.</param>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Aten.index_add(this, dim, index, source, Given(alpha));

        /// <summary>
        /// Adds the slices of <paramref name="source"/>, times <paramref name="alpha"/>, to those that the indices say, in place.
        /// </summary>
        /// <returns>This tensor.</returns>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha)
        {
            Aten.index_add_(this, dim, index, source, Given(alpha));
            return this;
        }

        /// <summary>Replaces the slices that the indices say by those of <paramref name="source"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor index_copy_(long dim, Tensor index, Tensor source)
        {
            Aten.index_copy_(this, dim, index, source);
            return this;
        }

        /// <summary>The elements at the positions of one dimension that <paramref name="index"/> says, of its shape.</summary>
        public Tensor gather(long dim, Tensor index) => Aten.gather(this, dim, index);

        /// <summary>
        /// A copy with elements of <paramref name="src"/> at the positions of one dimension that <paramref name="index"/> says.
        /// </summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => Aten.scatter(this, dim, index, src);

        /// <summary>
        /// Puts elements of <paramref name="src"/> at the positions of one dimension that <paramref name="index"/> says.
        /// </summary>
        /// <returns>This tensor.</returns>
        public Tensor scatter_(long dim, Tensor index, Tensor src)
        {
            Aten.scatter_(this, dim, index, src);
            return this;
        }

        /// <summary>
        /// A copy with elements of <paramref name="src"/> added at the positions of one dimension that <paramref name="index"/>
        /// says.
        /// </summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Aten.scatter_add(this, dim, index, src);

        /// <summary>
        /// Adds elements of <paramref name="src"/> at the positions of one dimension that <paramref name="index"/> says.
        /// </summary>
        /// <returns>This tensor.</returns>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src)
        {
            Aten.scatter_add_(this, dim, index, src);
            return this;
        }

        /// <summary>A copy with one value where the mask is true.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.masked_fill(this, mask, Given(value));

        /// <summary>Puts one value where the mask is true.</summary>
        /// <returns>This tensor.</returns>
        public Tensor masked_fill_(Tensor mask, Scalar value)
        {
            Aten.masked_fill_(this, mask, Given(value));
            return this;
        }

        /// <summary>The elements where the mask is true, in one dimension.</summary>
        public Tensor masked_select(Tensor mask) => Aten.masked_select(this, mask);

        /// <summary>This tensor's elements where the condition is true, else those of <paramref name="y"/>.</summary>
        public Tensor where(Tensor condition, Tensor y) => Aten.where(condition, this, y);

        /// <summary>The positions of the elements that differ from zero: [count, dimensions].</summary>
        public Tensor nonzero() => Aten.nonzero(this);

        /// <summary>
        /// Applies what makes a view (numbers, ranges, new dimensions) and leaves what needs a lookup (masks, positions) as a
        /// list with an entry, perhaps null, for each dimension of the view.
        /// </summary>
        private (Tensor View, Tensor?[]? Positions) Resolve(TensorIndex[] indices)
        {
            var view = this;
            var positions = new List<Tensor?>();
            var dimension = 0;
            var covered = 0;
            for (var i = 0; i < indices.Length; i++)
            {
                var index = indices[i];
                switch (index.kind)
                {
                    case TensorIndex.Kind.Single:
                        view = view.select(dimension, index.start ?? 0);
                        break;
                    case TensorIndex.Kind.Slice:
                        view = Aten.slice(view, dimension++, index.start, index.stop, index.step ?? 1);
                        break;
                    case TensorIndex.Kind.None or TensorIndex.Kind.Null:
                        view = view.unsqueeze(dimension++);
                        break;
                    case TensorIndex.Kind.Bool:
                        view = view.unsqueeze(dimension).narrow(dimension++, 0, index.start ?? 0);
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        dimension += (int)view.dim() - dimension - Consumed(indices.AsSpan(i + 1));
                        break;
                    case TensorIndex.Kind.Tensor:
                        var position = index.tensor!;
                        if (position.dtype is ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32)
                        {
                            // libtorch before 2.2 looks positions up as Int64 only; numbers among tensors come as Int32.
                            position = position.to(ScalarType.Int64);
                        }

                        for (; covered < dimension; covered++)
                        {
                            positions.Add(null);
                        }

                        positions.Add(position);
                        dimension += Consumed([index]);
                        covered = dimension;
                        break;
                }
            }

            return (view, positions.Count == 0 ? null : [.. positions]);
        }

        /// <summary>How many dimensions of the tensor some indices stand for; a mask stands for as many as it has.</summary>
        private static int Consumed(ReadOnlySpan<TensorIndex> indices)
        {
            var count = 0;
            foreach (var index in indices)
            {
                count += index.kind switch
                {
                    TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
                    TensorIndex.Kind.Tensor when index.tensor!.dtype is ScalarType.Bool or ScalarType.Byte =>
                        (int)index.tensor.dim(),
                    TensorIndex.Kind.Tensor => 1,
                    _ => 0,
                };
            }

            return count;
        }
    }
}
