using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, int right) => left.add(right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, long right) => left.add(right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, float right) => left.add(right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, double right) => left.add(right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        /// <summary>Sum.</summary>
        public static Tensor operator +(int left, Tensor right) => right.add(left);

        /// <summary>Sum.</summary>
        public static Tensor operator +(long left, Tensor right) => right.add(left);

        /// <summary>Sum.</summary>
        public static Tensor operator +(float left, Tensor right) => right.add(left);

        /// <summary>Sum.</summary>
        public static Tensor operator +(double left, Tensor right) => right.add(left);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, int right) => left.mul(right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, long right) => left.mul(right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, float right) => left.mul(right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Tensor left, double right) => left.mul(right);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(int left, Tensor right) => right.mul(left);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(long left, Tensor right) => right.mul(left);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(float left, Tensor right) => right.mul(left);

        /// <summary>Product, element by element.</summary>
        public static Tensor operator *(double left, Tensor right) => right.mul(left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, int right) => left.sub(right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, long right) => left.sub(right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, float right) => left.sub(right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, double right) => left.sub(right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => Aten.rsub(right, left.Number);

        /// <summary>Difference.</summary>
        public static Tensor operator -(int left, Tensor right) => Aten.rsub(right, (Number)left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(long left, Tensor right) => Aten.rsub(right, (Number)left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(float left, Tensor right) => Aten.rsub(right, (Number)left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(double left, Tensor right) => Aten.rsub(right, (Number)left);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, int right) => left.div(right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, long right) => left.div(right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, float right) => left.div(right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Tensor left, double right) => left.div(right);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(Scalar left, Tensor right) => right.reciprocal().mul(left);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(int left, Tensor right) => right.reciprocal().mul(left);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(long left, Tensor right) => right.reciprocal().mul(left);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(float left, Tensor right) => right.reciprocal().mul(left);

        /// <summary>Quotient, element by element.</summary>
        public static Tensor operator /(double left, Tensor right) => right.reciprocal().mul(left);

        /// <summary>Remainder, with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);

        /// <summary>Remainder, with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, Scalar right) => left.remainder(right);

        /// <summary>Remainder, with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, int right) => left.remainder(right);

        /// <summary>Remainder, with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, long right) => left.remainder(right);

        /// <summary>Remainder, with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, float right) => left.remainder(right);

        /// <summary>Remainder, with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor left, double right) => left.remainder(right);

        /// <summary>Each element with its sign turned.</summary>
        public static Tensor operator -(Tensor tensor) => tensor.neg();

        /// <summary>The bits that both have.</summary>
        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);

        /// <summary>The bits that one has.</summary>
        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);

        /// <summary>The bits that exactly one has.</summary>
        public static Tensor operator ^(Tensor left, Tensor right) => left.bitwise_xor(right);

        /// <summary>Each element with its bits turned.</summary>
        public static Tensor operator ~(Tensor left) => left.bitwise_not();

        /// <summary>Whether each element equals the other; a null check is <c>is null</c>.</summary>
        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        /// <summary>Whether each element equals the other; a null check is <c>is null</c>.</summary>
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        /// <summary>Whether each element equals the other; a null check is <c>is null</c>.</summary>
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        /// <summary>Whether each element differs from the other; a null check is <c>is not null</c>.</summary>
        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        /// <summary>Whether each element differs from the other; a null check is <c>is not null</c>.</summary>
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        /// <summary>Whether each element differs from the other; a null check is <c>is not null</c>.</summary>
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        /// <summary>Whether each element is less.</summary>
        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        /// <summary>Whether each element is less.</summary>
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        /// <summary>Whether each element is less.</summary>
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);

        /// <summary>Whether each element is at most the other.</summary>
        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        /// <summary>Whether each element is at most the other.</summary>
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        /// <summary>Whether each element is at most the other.</summary>
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);

        /// <summary>Whether each element is greater.</summary>
        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        /// <summary>Whether each element is greater.</summary>
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        /// <summary>Whether each element is greater.</summary>
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);

        /// <summary>Whether each element is at least the other.</summary>
        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        /// <summary>Whether each element is at least the other.</summary>
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        /// <summary>Whether each element is at least the other.</summary>
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);
    }
}
