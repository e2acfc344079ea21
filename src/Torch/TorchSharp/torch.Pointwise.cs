namespace TorchSharp;

public static partial class torch
{
    /// <summary>The absolute value of each element.</summary>
    public static Tensor abs(Tensor input) => input.abs();

    /// <summary>Each element rounded up.</summary>
    public static Tensor ceil(Tensor input) => input.ceil();

    /// <summary>Each element rounded down.</summary>
    public static Tensor floor(Tensor input) => input.floor();

    /// <summary>e to the power of each element.</summary>
    public static Tensor exp(Tensor input) => input.exp();

    /// <summary>exp(x) - 1 for each element, exact near zero.</summary>
    public static Tensor expm1(Tensor input) => input.expm1();

    /// <summary>The natural logarithm of each element.</summary>
    public static Tensor log(Tensor input) => input.log();

    /// <summary>The logarithm to base 2 of each element.</summary>
    public static Tensor log2(Tensor input) => input.log2();

    /// <summary>The logarithm to base 10 of each element.</summary>
    public static Tensor log10(Tensor input) => input.log10();

    /// <summary>log(1 + x) for each element, exact near zero.</summary>
    public static Tensor log1p(Tensor input) => input.log1p();

    /// <summary>The square root of each element.</summary>
    public static Tensor sqrt(Tensor input) => input.sqrt();

    /// <summary>1 / sqrt(x) for each element.</summary>
    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    /// <summary>1 / x for each element.</summary>
    public static Tensor reciprocal(Tensor input) => input.reciprocal();

    /// <summary>The square of each element.</summary>
    public static Tensor square(Tensor input) => input.square();

    /// <summary>Each element with its sign turned.</summary>
    public static Tensor neg(Tensor input) => input.neg();

    /// <summary>-1, 0 or 1 for each element.</summary>
    public static Tensor sign(Tensor input) => input.sign();

    /// <summary>The sine of each element, in radians.</summary>
    public static Tensor sin(Tensor input) => input.sin();

    /// <summary>The cosine of each element, in radians.</summary>
    public static Tensor cos(Tensor input) => input.cos();

    /// <summary>The hyperbolic tangent of each element.</summary>
    public static Tensor tanh(Tensor input) => input.tanh();

    /// <summary>1 / (1 + exp(-x)) for each element.</summary>
    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    /// <summary>The error function of each element.</summary>
    public static Tensor erf(Tensor input) => input.erf();

    /// <summary>The logarithm of the gamma function of each element.</summary>
    public static Tensor lgamma(Tensor input) => input.lgamma();

    /// <summary>The derivative of the logarithm of the gamma function for each element.</summary>
    public static Tensor digamma(Tensor input) => input.digamma();

    /// <summary>Whether each element is no number.</summary>
    public static Tensor isnan(Tensor input) => input.isnan();

    /// <summary>Whether each element is infinite.</summary>
    public static Tensor isinf(Tensor tensor) => tensor.isinf();

    /// <summary>Whether each element is a finite number.</summary>
    public static Tensor isfinite(Tensor tensor) => tensor.isfinite();

    /// <summary><paramref name="left"/> + <paramref name="right"/>.</summary>
    public static Tensor add(Tensor left, Tensor right) => left.add(right);

    /// <summary><paramref name="left"/> + <paramref name="right"/>.</summary>
    public static Tensor add(Tensor left, Scalar right) => left.add(right);

    /// <summary><paramref name="left"/> - <paramref name="right"/>.</summary>
    public static Tensor sub(Tensor left, Tensor right) => left.sub(right);

    /// <summary><paramref name="left"/> - <paramref name="right"/>.</summary>
    public static Tensor sub(Tensor left, Scalar right) => left.sub(right);

    /// <summary><paramref name="left"/> * <paramref name="right"/>, element by element.</summary>
    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);

    /// <summary><paramref name="left"/> * <paramref name="right"/>, element by element.</summary>
    public static Tensor mul(Tensor left, Scalar right) => left.mul(right);

    /// <summary><paramref name="left"/> + <paramref name="alpha"/> * <paramref name="right"/>.</summary>
    public static Tensor add(Tensor left, Tensor right, Scalar alpha) => left.add(right, alpha);

    /// <summary><paramref name="left"/> + <paramref name="alpha"/> * <paramref name="right"/>.</summary>
    public static Tensor add(Tensor left, Scalar right, Scalar alpha) => left.add(right, alpha);

    /// <summary><paramref name="left"/> / <paramref name="right"/>, element by element, rounded as asked.</summary>
    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div(right, rounding_mode);

    /// <summary><paramref name="left"/> / <paramref name="right"/>, element by element, rounded as asked.</summary>
    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div(right, rounding_mode);

    /// <summary>Each element to the power of <paramref name="exponent"/>.</summary>
    public static Tensor pow(Tensor left, Tensor exponent) => left.pow(exponent);

    /// <summary>Each element to the power of <paramref name="exponent"/>.</summary>
    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);

    /// <summary>Each element, but at least <paramref name="min"/> and at most <paramref name="max"/>.</summary>
    public static Tensor clamp(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp(min, max);

    /// <summary>Each element, but at least <paramref name="min"/> and at most <paramref name="max"/>.</summary>
    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);

    /// <summary>
    /// <paramref name="input"/> + <paramref name="weight"/> * (<paramref name="end"/> - <paramref name="input"/>).
    /// </summary>
    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);

    /// <summary>The larger element of two tensors.</summary>
    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);

    /// <summary>The smaller element of two tensors.</summary>
    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);

    /// <summary>log(exp(left) + exp(right)), computed stably.</summary>
    public static Tensor logaddexp(Tensor left, Tensor right) => left.logaddexp(right);

    /// <summary>Whether elements are equal.</summary>
    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);

    /// <summary>Whether elements differ.</summary>
    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);

    /// <summary>Whether the left element is less.</summary>
    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);

    /// <summary>Whether the left element is at most the right one.</summary>
    public static Tensor le(Tensor left, Tensor right) => left.le(right);

    /// <summary>Whether the left element is greater.</summary>
    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);

    /// <summary>Whether the left element is at least the right one.</summary>
    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);

    /// <summary>Whether both elements differ from zero.</summary>
    public static Tensor logical_and(Tensor left, Tensor right) => left.logical_and(right);

    /// <summary>Whether one of the elements differs from zero.</summary>
    public static Tensor logical_or(Tensor left, Tensor right) => left.logical_or(right);

    /// <summary>Whether all elements are close: |tensor - target| &lt;= atol + rtol * |target|.</summary>
    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        tensor.allclose(target, rtol, atol, equal_nan);
}
