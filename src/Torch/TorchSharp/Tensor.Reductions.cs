using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum of all elements.</summary>
        /// <param name="type">The type of the result; the input's, or Int64 for integers, when not given.</param>
        public Tensor sum(ScalarType? type = null) => Aten.sum(this, type);

        /// <summary>The sum over some dimensions.</summary>
        /// <param name="dim">The dimensions to sum over.</param>
        /// <param name="keepdim">Whether they stay, with size one.</param>
        /// <param name="type">The type of the result; the input's, or Int64 for integers, when not given.</param>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Aten.sum(this, dim, keepdim, type);

        /// <inheritdoc cref="sum(long[], bool, ScalarType?)"/>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Aten.sum(this, dim, keepdim, type);

        /// <inheritdoc cref="sum(long[], bool, ScalarType?)"/>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Aten.sum(this, [dim], keepdim, type);

        /// <inheritdoc cref="sum(long[], bool, ScalarType?)"/>
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) =>
            Aten.sum(this, [dim0, dim1], keepdim, type);

        /// <inheritdoc cref="sum(long[], bool, ScalarType?)"/>
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            Aten.sum(this, [dim0, dim1, dim2], keepdim, type);

        /// <summary>The mean of all elements.</summary>
        public Tensor mean() => Aten.mean(this);

        /// <summary>The mean over some dimensions.</summary>
        /// <param name="dimensions">The dimensions to average over.</param>
        /// <param name="keepdim">Whether they stay, with size one.</param>
        /// <param name="type">The type of the result; the input's when not given.</param>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Aten.mean(this, dimensions, keepdim, type);

        /// <summary>The product of all elements.</summary>
        public Tensor prod(ScalarType? type = null) => Aten.prod(this, type);

        /// <summary>The product over one dimension.</summary>
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Aten.prod(this, dim, keepdim, type);

        /// <summary>The standard deviation of all elements.</summary>
        /// <param name="unbiased">Whether the sum of squares is divided by the count less one.</param>
        public Tensor std(bool unbiased = true) => Aten.std(this, unbiased);

        /// <summary>The standard deviation over some dimensions.</summary>
        /// <param name="dimensions">The dimensions to reduce.</param>
        /// <param name="unbiased">Whether the sum of squares is divided by the count less one.</param>
        /// <param name="keepdim">Whether they stay, with size one.</param>
        /// <param name="type">The type to compute in; the input's when not given.</param>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Aten.std(type is { } other ? to_type(other) : this, dimensions, unbiased, keepdim);

        /// <inheritdoc cref="std(long[], bool, bool, ScalarType?)"/>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim], unbiased, keepdim, type);

        /// <summary>The variance of all elements.</summary>
        /// <param name="unbiased">Whether the sum of squares is divided by the count less one.</param>
        public Tensor var(bool unbiased = true) => Aten.var(this, unbiased);

        /// <summary>The variance over some dimensions.</summary>
        /// <param name="dimensions">The dimensions to reduce.</param>
        /// <param name="unbiased">Whether the sum of squares is divided by the count less one.</param>
        /// <param name="keepdim">Whether they stay, with size one.</param>
        /// <param name="type">The type to compute in; the input's when not given.</param>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Aten.var(type is { } other ? to_type(other) : this, dimensions, unbiased, keepdim);

        /// <inheritdoc cref="var(long[], bool, bool, ScalarType?)"/>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        /// <summary>The p-norm of all elements.</summary>
        public Tensor norm(float p = 2.0f) => Aten.norm(this, (Number)p);

        /// <summary>The p-norm over one dimension.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Aten.norm(this, (Number)p, [dim], keepdim);

        /// <summary>log(sum(exp(x))) over one dimension, computed stably.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) => Aten.logsumexp(this, [dim], keepdim);

        /// <summary>The running sum along one dimension.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => Aten.cumsum(this, dim, type);

        /// <summary>The largest element.</summary>
        public Tensor max() => Aten.max(this);

        /// <summary>The larger of this and <paramref name="other"/>, element by element.</summary>
        public Tensor max(Tensor other) => maximum(other);

        /// <summary>The largest elements of one dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Aten.max(this, dim, keepdim);

        /// <summary>The smallest element.</summary>
        public Tensor min() => Aten.min(this);

        /// <summary>The smaller of this and <paramref name="other"/>, element by element.</summary>
        public Tensor min(Tensor other) => minimum(other);

        /// <summary>The smallest elements of one dimension, and where they are.</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Aten.min(this, dim, keepdim);

        /// <summary>The largest elements over some dimensions; gradients are shared between equal ones.</summary>
        public Tensor amax(long[] dims, bool keepdim = false) => Aten.amax(this, dims, keepdim);

        /// <summary>The smallest elements over some dimensions; gradients are shared between equal ones.</summary>
        public Tensor amin(long[] dims, bool keepdim = false) => Aten.amin(this, dims, keepdim);

        /// <summary>The position of the largest of all elements.</summary>
        public Tensor argmax() => Aten.argmax(this);

        /// <summary>The index of the largest element of one dimension.</summary>
        public Tensor argmax(long dim, bool keepdim = false) => Aten.argmax(this, dim, keepdim);

        /// <summary>The position of the smallest of all elements.</summary>
        public Tensor argmin() => Aten.argmin(this);

        /// <summary>The index of the smallest element of one dimension.</summary>
        public Tensor argmin(long dim, bool keepdim = false) => Aten.argmin(this, dim, keepdim);

        /// <summary>Whether all elements differ from zero.</summary>
        public Tensor all() => Aten.all(this);

        /// <summary>Whether all elements of one dimension differ from zero.</summary>
        public Tensor all(long dim, bool keepdim = false) => Aten.all(this, dim, keepdim);

        /// <summary>Whether some element differs from zero.</summary>
        public Tensor any() => Aten.any(this);

        /// <summary>Whether some element of one dimension differs from zero.</summary>
        public Tensor any(long dim, bool keepdim = false) => Aten.any(this, dim, keepdim);

        /// <summary>The largest elements of one dimension, and where they are.</summary>
        /// <param name="k">How many.</param>
        /// <param name="dim">The dimension.</param>
        /// <param name="largest">Whether the largest rather than the smallest are taken.</param>
        /// <param name="sorted">Whether they come in order.</param>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Aten.topk(this, k, dim, largest, sorted);

        /// <summary>The elements of one dimension in order, and where they were.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Aten.sort(this, stable, dim, descending);

        /// <summary>Where the elements of one dimension, taken in order, are.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) => Aten.argsort(this, dim, descending);

        /// <summary>The median: of an even number of elements the lower one.</summary>
        public Tensor median() => Aten.median(this);

        /// <summary>The number of elements that differ from zero, of all or over some dimensions.</summary>
        public Tensor count_nonzero(long[]? dims = null) =>
            dims is null ? Aten.count_nonzero(this) : Aten.count_nonzero(this, dims);
    }
}
