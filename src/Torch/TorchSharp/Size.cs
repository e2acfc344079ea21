using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The size of each dimension of a tensor.</summary>
    public readonly struct Size : IEnumerable<long>, IEquatable<Size>
    {
        private readonly long[]? sizes;

        /// <summary>The sizes of dimensions.</summary>
        public Size(long[] shape) => sizes = shape;

        /// <summary>One dimension.</summary>
        public Size(long size) => sizes = [size];

        /// <summary>The number of dimensions.</summary>
        public int Length => Shape.Length;

        /// <summary>Whether there are no dimensions.</summary>
        public bool IsEmpty => Length == 0;

        internal long[] Shape => sizes ?? [];

        /// <summary>The size of one dimension.</summary>
        public long this[int idx] => Shape[idx];

        /// <summary>One dimension.</summary>
        public static implicit operator Size(long size) => new(size);

        /// <summary>Two dimensions.</summary>
        public static implicit operator Size((long, long) size) => new([size.Item1, size.Item2]);

        /// <summary>Three dimensions.</summary>
        public static implicit operator Size((long, long, long) size) => new([size.Item1, size.Item2, size.Item3]);

        /// <summary>Four dimensions.</summary>
        public static implicit operator Size((long, long, long, long) size) =>
            new([size.Item1, size.Item2, size.Item3, size.Item4]);

        /// <summary>The sizes of dimensions.</summary>
        public static implicit operator Size(long[] size) => new(size);

        /// <summary>Whether all sizes are equal.</summary>
        public static bool operator ==(Size left, Size right) => left.Equals(right);

        /// <summary>Whether some size differs.</summary>
        public static bool operator !=(Size left, Size right) => !left.Equals(right);

        /// <summary>The number of elements.</summary>
        public long numel() => Shape.Aggregate(1L, (product, size) => product * size);

        /// <inheritdoc/>
        public bool Equals(Size other) => Shape.AsSpan().SequenceEqual(other.Shape);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Size other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => Shape.Aggregate(Length, HashCode.Combine);

        /// <inheritdoc/>
        public IEnumerator<long> GetEnumerator() => Shape.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
