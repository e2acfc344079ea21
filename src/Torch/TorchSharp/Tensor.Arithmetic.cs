using System.Runtime.CompilerServices;
using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>this + <paramref name="target"/>.</summary>
        public Tensor add(Tensor target) => Aten.add(this, target);

        /// <summary>this + <paramref name="target"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor add_(Tensor target)
        {
            Aten.add_(this, target);
            return this;
        }

        /// <summary>this + <paramref name="alpha"/> * <paramref name="target"/>.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Aten.add(this, target, Given(alpha));

        /// <summary>this + <paramref name="alpha"/> * <paramref name="target"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor add_(Tensor target, Scalar alpha)
        {
            Aten.add_(this, target, Given(alpha));
            return this;
        }

        /// <summary>this + <paramref name="scalar"/>.</summary>
        public Tensor add(Scalar scalar) => Aten.add(this, Given(scalar));

        /// <summary>this + <paramref name="scalar"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor add_(Scalar scalar)
        {
            Aten.add_(this, Given(scalar));
            return this;
        }

        /// <summary>this + <paramref name="alpha"/> * <paramref name="scalar"/>.</summary>
        public Tensor add(Scalar scalar, Scalar alpha) => Aten.add(this, Given(scalar), Given(alpha));

        /// <summary>this + <paramref name="alpha"/> * <paramref name="scalar"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor add_(Scalar scalar, Scalar alpha)
        {
            Aten.add_(this, Given(scalar), Given(alpha));
            return this;
        }

        /// <summary>this - <paramref name="target"/>.</summary>
        public Tensor sub(Tensor target) => Aten.sub(this, target);

        /// <summary>this - <paramref name="target"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor sub_(Tensor target)
        {
            Aten.sub_(this, target);
            return this;
        }

        /// <summary>this - <paramref name="target"/>.</summary>
        public Tensor sub(Scalar target) => Aten.sub(this, Given(target));

        /// <summary>this - <paramref name="target"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor sub_(Scalar target)
        {
            Aten.sub_(this, Given(target));
            return this;
        }

        /// <summary>this * <paramref name="target"/>, element by element.</summary>
        public Tensor mul(Tensor target) => Aten.mul(this, target);

        /// <summary>this * <paramref name="target"/>, element by element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor mul_(Tensor target)
        {
            Aten.mul_(this, target);
            return this;
        }

        /// <summary>this * <paramref name="target"/>.</summary>
        public Tensor mul(Scalar target) => Aten.mul(this, Given(target));

        /// <summary>this * <paramref name="target"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor mul_(Scalar target)
        {
            Aten.mul_(this, Given(target));
            return this;
        }

        /// <summary>this / <paramref name="target"/>, element by element, rounded as asked.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.div(this, target, Name(rounding_mode));

        /// <summary>this / <paramref name="target"/>, element by element, rounded as asked, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None)
        {
            Aten.div_(this, target, Name(rounding_mode));
            return this;
        }

        /// <summary>this / <paramref name="target"/>, rounded as asked.</summary>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.div(this, Given(target), Name(rounding_mode));

        /// <summary>this / <paramref name="target"/>, rounded as asked, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
        {
            Aten.div_(this, Given(target), Name(rounding_mode));
            return this;
        }

        /// <summary>The remainder of this / <paramref name="target"/>, with the sign of the divisor.</summary>
        public Tensor remainder(Tensor target) => Aten.remainder(this, target);

        /// <summary>The remainder of this / <paramref name="scalar"/>, with the sign of the divisor.</summary>
        public Tensor remainder(Scalar scalar) => Aten.remainder(this, Given(scalar));

        /// <summary>The remainder of this / <paramref name="target"/>, with the sign of the dividend.</summary>
        public Tensor fmod(Tensor target) => Aten.fmod(this, target);

        /// <summary>The remainder of this / <paramref name="scalar"/>, with the sign of the dividend.</summary>
        public Tensor fmod(Scalar scalar) => Aten.fmod(this, Given(scalar));

        /// <summary>Each element to the power of <paramref name="exponent"/>.</summary>
        public Tensor pow(Tensor exponent) => Aten.pow(this, exponent);

        /// <summary>Each element to the power of <paramref name="exponent"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor pow_(Tensor exponent)
        {
            Aten.pow_(this, exponent);
            return this;
        }

        /// <summary>Each element to the power of <paramref name="exponent"/>.</summary>
        public Tensor pow(Scalar exponent) => Aten.pow(this, Given(exponent));

        /// <summary>Each element to the power of <paramref name="exponent"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor pow_(Scalar exponent)
        {
            Aten.pow_(this, Given(exponent));
            return this;
        }

        /// <summary>this + <paramref name="value"/> * <paramref name="tensor1"/> * <paramref name="tensor2"/>.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.addcmul(this, tensor1, tensor2, Given(value));

        /// <summary>
        /// this + <paramref name="value"/> * <paramref name="tensor1"/> * <paramref name="tensor2"/>, in place.
        /// </summary>
        /// <returns>This tensor.</returns>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            Aten.addcmul_(this, tensor1, tensor2, Given(value));
            return this;
        }

        /// <summary>this + <paramref name="value"/> * <paramref name="tensor1"/> / <paramref name="tensor2"/>.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.addcdiv(this, tensor1, tensor2, Given(value));

        /// <summary>
        /// this + <paramref name="value"/> * <paramref name="tensor1"/> / <paramref name="tensor2"/>, in place.
        /// </summary>
        /// <returns>This tensor.</returns>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            Aten.addcdiv_(this, tensor1, tensor2, Given(value));
            return this;
        }

        /// <summary>this + <paramref name="tensor1"/> / <paramref name="tensor2"/>.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Aten.addcdiv(this, tensor1, tensor2);

        /// <summary>this + <paramref name="tensor1"/> / <paramref name="tensor2"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2)
        {
            Aten.addcdiv_(this, tensor1, tensor2);
            return this;
        }

        /// <summary>this + <paramref name="weight"/> * (<paramref name="end"/> - this).</summary>
        public Tensor lerp(Tensor end, Tensor weight) => Aten.lerp(this, end, weight);

        /// <summary>this + <paramref name="weight"/> * (<paramref name="end"/> - this), in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor lerp_(Tensor end, Tensor weight)
        {
            Aten.lerp_(this, end, weight);
            return this;
        }

        /// <summary>Each element, but at least <paramref name="min"/> and at most <paramref name="max"/>.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.clamp(this, min?.Number, max?.Number);

        /// <summary>Each element, but at least <paramref name="min"/> and at most <paramref name="max"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null)
        {
            Aten.clamp_(this, min?.Number, max?.Number);
            return this;
        }

        /// <summary>Each element, but at least <paramref name="min"/> and at most <paramref name="max"/>.</summary>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.clamp(this, min, max);

        /// <summary>Each element, but at least <paramref name="min"/> and at most <paramref name="max"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor clamp_(Tensor? min = null, Tensor? max = null)
        {
            Aten.clamp_(this, min, max);
            return this;
        }

        /// <summary>Each element, but at least <paramref name="min"/>.</summary>
        public Tensor clamp_min(Scalar min) => Aten.clamp_min(this, Given(min));

        /// <summary>Each element, but at least <paramref name="min"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor clamp_min_(Scalar min)
        {
            Aten.clamp_min_(this, Given(min));
            return this;
        }

        /// <summary>Each element, but at most <paramref name="max"/>.</summary>
        public Tensor clamp_max(Scalar max) => Aten.clamp_max(this, Given(max));

        /// <summary>Each element, but at most <paramref name="max"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor clamp_max_(Scalar max)
        {
            Aten.clamp_max_(this, Given(max));
            return this;
        }

        /// <summary>Each element, but at least <paramref name="min"/> and at most <paramref name="max"/>.</summary>
        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        /// <summary>The larger of this and <paramref name="other"/>, element by element.</summary>
        public Tensor maximum(Tensor other) => Aten.maximum(this, other);

        /// <summary>The smaller of this and <paramref name="other"/>, element by element.</summary>
        public Tensor minimum(Tensor other) => Aten.minimum(this, other);

        /// <summary>log(exp(this) + exp(<paramref name="other"/>)), computed stably.</summary>
        public Tensor logaddexp(Tensor other) => Aten.logaddexp(this, other);

        /// <summary>this * log(<paramref name="y"/>), zero where this is zero.</summary>
        public Tensor xlogy(Tensor y) => Aten.xlogy(this, y);

        /// <summary>Each element of <paramref name="source"/>, broadcast and converted, in place of this tensor's.</summary>
        /// <returns>This tensor.</returns>
        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            Aten.copy_(this, source, nonBlocking);
            return this;
        }

        /// <summary>One value in place of every element.</summary>
        /// <returns>This tensor.</returns>
        public Tensor fill_(Scalar value)
        {
            Aten.fill_(this, Given(value));
            return this;
        }

        /// <summary>Zero in place of every element.</summary>
        /// <returns>This tensor.</returns>
        public Tensor zero_()
        {
            Aten.zero_(this);
            return this;
        }

        /// <summary>The number of an argument that must be given: null would silently become the schema's default.</summary>
        private static Number Given(Scalar scalar, [CallerArgumentExpression(nameof(scalar))] string? name = null)
        {
            ArgumentNullException.ThrowIfNull(scalar, name);
            return scalar.Number;
        }

        private static string? Name(RoundingMode mode) => mode switch
        {
            RoundingMode.None => null,
            RoundingMode.trunc => "trunc",
            RoundingMode.floor => "floor",
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such rounding."),
        };
    }
}
