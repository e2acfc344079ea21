using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The absolute value of each element.</summary>
        public Tensor abs() => Aten.abs(this);

        /// <summary>The absolute value of each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor abs_()
        {
            Aten.abs_(this);
            return this;
        }

        /// <summary>Each element rounded up.</summary>
        public Tensor ceil() => Aten.ceil(this);

        /// <summary>Each element rounded up, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor ceil_()
        {
            Aten.ceil_(this);
            return this;
        }

        /// <summary>Each element rounded down.</summary>
        public Tensor floor() => Aten.floor(this);

        /// <summary>Each element rounded down, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor floor_()
        {
            Aten.floor_(this);
            return this;
        }

        /// <summary>Each element rounded towards zero.</summary>
        public Tensor trunc() => Aten.trunc(this);

        /// <summary>Each element rounded towards zero, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor trunc_()
        {
            Aten.trunc_(this);
            return this;
        }

        /// <summary>Each element with its sign turned.</summary>
        public Tensor neg() => Aten.neg(this);

        /// <summary>Each element with its sign turned, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor neg_()
        {
            Aten.neg_(this);
            return this;
        }

        /// <summary>-1, 0 or 1 for each element.</summary>
        public Tensor sign() => Aten.sign(this);

        /// <summary>-1, 0 or 1 for each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor sign_()
        {
            Aten.sign_(this);
            return this;
        }

        /// <summary>e to the power of each element.</summary>
        public Tensor exp() => Aten.exp(this);

        /// <summary>e to the power of each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor exp_()
        {
            Aten.exp_(this);
            return this;
        }

        /// <summary>exp(x) - 1 for each element, exact near zero.</summary>
        public Tensor expm1() => Aten.expm1(this);

        /// <summary>The natural logarithm of each element.</summary>
        public Tensor log() => Aten.log(this);

        /// <summary>The natural logarithm of each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor log_()
        {
            Aten.log_(this);
            return this;
        }

        /// <summary>The logarithm to base 2 of each element.</summary>
        public Tensor log2() => Aten.log2(this);

        /// <summary>The logarithm to base 10 of each element.</summary>
        public Tensor log10() => Aten.log10(this);

        /// <summary>log(1 + x) for each element, exact near zero.</summary>
        public Tensor log1p() => Aten.log1p(this);

        /// <summary>The square root of each element.</summary>
        public Tensor sqrt() => Aten.sqrt(this);

        /// <summary>The square root of each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor sqrt_()
        {
            Aten.sqrt_(this);
            return this;
        }

        /// <summary>1 / sqrt(x) for each element.</summary>
        public Tensor rsqrt() => Aten.rsqrt(this);

        /// <summary>1 / sqrt(x) for each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor rsqrt_()
        {
            Aten.rsqrt_(this);
            return this;
        }

        /// <summary>1 / x for each element.</summary>
        public Tensor reciprocal() => Aten.reciprocal(this);

        /// <summary>1 / x for each element, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor reciprocal_()
        {
            Aten.reciprocal_(this);
            return this;
        }

        /// <summary>The error function of each element.</summary>
        public Tensor erf() => Aten.erf(this);

        /// <summary>The inverse of the error function of each element, which lies in (−1, 1).</summary>
        public Tensor erfinv() => Aten.erfinv(this);

        /// <summary>The logarithm of the gamma function of each element.</summary>
        public Tensor lgamma() => Aten.lgamma(this);

        /// <summary>The derivative of the logarithm of the gamma function for each element.</summary>
        public Tensor digamma() => Aten.digamma(this);

        /// <summary>Each element rounded to a number of decimals; halves go to the even neighbour.</summary>
        public Tensor round(long decimals = 0L) => Aten.round(this, decimals);

        /// <summary>Each element rounded to a number of decimals, in place; halves go to the even neighbour.</summary>
        /// <returns>This tensor.</returns>
        public Tensor round_(long decimals = 0L)
        {
            Aten.round_(this, decimals);
            return this;
        }

        /// <summary>The square of each element.</summary>
        public Tensor square() => pow(2);

        /// <summary>The absolute value of each element.</summary>
        public Tensor absolute() => abs();

        /// <summary>Each element with its sign turned.</summary>
        public Tensor negative() => neg();
    }
}
