using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether each element equals the other tensor's.</summary>
        public Tensor eq(Tensor target) => Aten.eq(this, target);

        /// <summary>Whether each element equals a number.</summary>
        public Tensor eq(Scalar target) => Aten.eq(this, Given(target));

        /// <summary>Whether each element equals the other tensor's.</summary>
        public Tensor equal(Tensor target) => eq(target);

        /// <summary>Whether each element differs from the other tensor's.</summary>
        public Tensor ne(Tensor target) => Aten.ne(this, target);

        /// <summary>Whether each element differs from a number.</summary>
        public Tensor ne(Scalar target) => Aten.ne(this, Given(target));

        /// <summary>Whether each element differs from the other tensor's.</summary>
        public Tensor not_equal(Tensor target) => ne(target);

        /// <summary>Whether each element is less than the other tensor's.</summary>
        public Tensor lt(Tensor target) => Aten.lt(this, target);

        /// <summary>Whether each element is less than a number.</summary>
        public Tensor lt(Scalar target) => Aten.lt(this, Given(target));

        /// <summary>Whether each element is less than the other tensor's.</summary>
        public Tensor less(Tensor target) => lt(target);

        /// <summary>Whether each element is at most the other tensor's.</summary>
        public Tensor le(Tensor target) => Aten.le(this, target);

        /// <summary>Whether each element is at most a number.</summary>
        public Tensor le(Scalar target) => Aten.le(this, Given(target));

        /// <summary>Whether each element is at most the other tensor's.</summary>
        public Tensor less_equal(Tensor target) => le(target);

        /// <summary>Whether each element is greater than the other tensor's.</summary>
        public Tensor gt(Tensor target) => Aten.gt(this, target);

        /// <summary>Whether each element is greater than a number.</summary>
        public Tensor gt(Scalar target) => Aten.gt(this, Given(target));

        /// <summary>Whether each element is greater than the other tensor's.</summary>
        public Tensor greater(Tensor target) => gt(target);

        /// <summary>Whether each element is at least the other tensor's.</summary>
        public Tensor ge(Tensor target) => Aten.ge(this, target);

        /// <summary>Whether each element is at least a number.</summary>
        public Tensor ge(Scalar target) => Aten.ge(this, Given(target));

        /// <summary>Whether each element is at least the other tensor's.</summary>
        public Tensor greater_equal(Tensor target) => ge(target);

        /// <summary>Whether both elements differ from zero.</summary>
        public Tensor logical_and(Tensor other) => Aten.logical_and(this, other);

        /// <summary>Whether one of the elements differs from zero.</summary>
        public Tensor logical_or(Tensor other) => Aten.logical_or(this, other);

        /// <summary>Whether exactly one of the elements differs from zero.</summary>
        public Tensor logical_xor(Tensor other) => Aten.logical_xor(this, other);

        /// <summary>The bits that both elements have.</summary>
        public Tensor bitwise_and(Tensor other) => Aten.bitwise_and(this, other);

        /// <summary>The bits that one of the elements has.</summary>
        public Tensor bitwise_or(Tensor other) => Aten.bitwise_or(this, other);

        /// <summary>The bits that exactly one of the elements has.</summary>
        public Tensor bitwise_xor(Tensor other) => Aten.bitwise_xor(this, other);

        /// <summary>Whether each element is zero.</summary>
        public Tensor logical_not() => Aten.logical_not(this);

        /// <summary>Each element with its bits turned.</summary>
        public Tensor bitwise_not() => Aten.bitwise_not(this);

        /// <summary>Whether each element is no number.</summary>
        public Tensor isnan() => Aten.isnan(this);

        /// <summary>Whether each element is infinite.</summary>
        public Tensor isinf() => Aten.isinf(this);

        /// <summary>Whether each element is a finite number.</summary>
        public Tensor isfinite() => Aten.isfinite(this);

        /// <summary>Whether each element is close to the other tensor's: |this - other| &lt;= atol + rtol * |other|.</summary>
        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Aten.isclose(this, other, rtol, atol, nanEqual);

        /// <summary>Whether all elements are close to the other tensor's: |this - target| &lt;= atol + rtol * |target|.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            using var close = isclose(target, rtol, atol, equal_nan);
            using var all = close.all();
            return all.item<bool>();
        }

        /// <summary>Whether both tensors have the same shape and equal elements.</summary>
        public bool Equals(Tensor target)
        {
            ArgumentNullException.ThrowIfNull(target);
            if (!shape.AsSpan().SequenceEqual(target.shape))
            {
                return false;
            }

            using var equal = eq(target);
            using var all = equal.all();
            return all.item<bool>();
        }

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Tensor tensor && Equals(tensor);

        /// <inheritdoc/>
        public override int GetHashCode() => base.GetHashCode();
    }
}
