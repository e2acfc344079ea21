namespace TorchSharp;

public static partial class torch
{
    /// <summary>An index of one dimension, in Python's manner: a number, a range, a mask or list of positions, or none.</summary>
    public readonly struct TensorIndex : IEquatable<TensorIndex>
    {
        internal enum Kind
        {
            None,
            Single,
            Null,
            Ellipsis,
            Bool,
            Tensor,
            Slice,
        }

        internal readonly Kind kind;
        internal readonly long? start;
        internal readonly long? stop;
        internal readonly long? step;
        internal readonly Tensor? tensor;

        private TensorIndex(Kind kind, long? start = null, long? stop = null, long? step = null, Tensor? tensor = null)
        {
            this.kind = kind;
            this.start = start;
            this.stop = stop;
            this.step = step;
            this.tensor = tensor;
        }

        /// <summary>As many dimensions as are not indexed otherwise: <c>...</c>.</summary>
        public static readonly TensorIndex Ellipsis = new(Kind.Ellipsis);

        /// <summary>A new dimension of size one: <c>None</c>.</summary>
        public static readonly TensorIndex None = new(Kind.None);

        /// <summary>A new dimension of size one: <c>None</c>.</summary>
        public static readonly TensorIndex Null = new(Kind.Null);

        /// <summary>All of a dimension: <c>:</c>.</summary>
        public static readonly TensorIndex Colon = Slice();

        /// <summary>A range of a dimension: <c>start:stop:step</c>; negative ends count from the last.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new(Kind.Slice, start, stop, step);

        /// <summary>A range of a dimension: <c>start:end</c>.</summary>
        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, (long?)range.end);

        /// <summary>A range of a dimension.</summary>
        public static TensorIndex Slice(Range range) => Slice(
            Position(range.Start),
            range.End.IsFromEnd && range.End.Value == 0 ? null : Position(range.End));

        /// <summary>A new dimension of size one, or of size zero when false.</summary>
        public static TensorIndex Bool(bool value) => new(Kind.Bool, value ? 1 : 0);

        /// <summary>One index of a dimension, which is gone then.</summary>
        public static TensorIndex Single(long? index) => new(Kind.Single, index);

        /// <summary>A mask over dimensions, or a list of indices of one.</summary>
        public static TensorIndex Tensor(Tensor tensor) => new(Kind.Tensor, tensor: tensor);

        /// <summary>One index of a dimension.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>A range of a dimension.</summary>
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);

        /// <summary>A range of a dimension.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One index of a dimension.</summary>
        public static implicit operator TensorIndex(Index index) => Single(Position(index));

        /// <summary>Exists so that the compiler prefers an index over a tensor; never called.</summary>
        /// <exception cref="InvalidOperationException">Always.</exception>
        public static implicit operator Tensor(TensorIndex value) => throw new InvalidOperationException("Should not be called.");

        /// <summary>Whether both stand for the same index.</summary>
        public static bool operator ==(TensorIndex left, TensorIndex right) => left.Equals(right);

        /// <summary>Whether they stand for different indices.</summary>
        public static bool operator !=(TensorIndex left, TensorIndex right) => !left.Equals(right);

        /// <inheritdoc/>
        public bool Equals(TensorIndex other) =>
            kind == other.kind && start == other.start && stop == other.stop && step == other.step
            && ReferenceEquals(tensor, other.tensor);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is TensorIndex other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(kind, start, stop, step);

        private static long Position(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
