using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

// Operators with numbers: TorchSharp's, with the number's native object kept from one step to the next. A number that
// TorchSharp makes itself may be freed while libtorch reads it: once its pointer is passed on nothing holds it, and a
// collection that another thread starts ends it. Of a literal without a fraction the overload with a long is taken: an
// integer tensor stays one.
public static partial class Aten
{
    private static readonly Scalar Zero = 0;
    private static readonly Scalar One = 1;

    /// <summary>x + y, with broadcasting.</summary>
    public static Tensor add(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return ElementwiseLoop.TryRun<SumRule>(x, y, 0) ?? x.add(y, One);
    }

    /// <summary>x ← x + y, of x's shape.</summary>
    public static Tensor add_(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return ElementwiseLoop.TryWrite<SumRule>(x, y, 0) || BFloat16Loop.TryAdd(x, y) ? x : x.add_(y, One);
    }

    /// <summary>x + number·y, with broadcasting.</summary>
    public static Tensor add(Tensor x, Tensor y, double number)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return ElementwiseLoop.TryRun<ScaledSumRule>(x, y, number) ?? x.add(y, Numbers.Of(number));
    }

    /// <summary>x ← x + number·y, of x's shape.</summary>
    public static Tensor add_(Tensor x, Tensor y, double number)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return ElementwiseLoop.TryWrite<ScaledSumRule>(x, y, number) ? x : x.add_(y, Numbers.Of(number));
    }

    /// <summary>x + number.</summary>
    public static Tensor add(Tensor x, double number)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ElementwiseLoop.TryRun<AddRule>(x, number) ?? x.add(Numbers.Of(number), One);
    }

    /// <inheritdoc cref="add(Tensor, double)"/>
    public static Tensor add(Tensor x, long number)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ElementwiseLoop.TryRun<AddRule>(x, number) ?? x.add(Numbers.Of(number), One);
    }

    /// <summary>x ← x + number.</summary>
    public static Tensor add_(Tensor x, double number)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ElementwiseLoop.TryWrite<AddRule>(x, number) ? x : x.add_(Numbers.Of(number), One);
    }

    /// <summary>x ← x + 1, also of integers.</summary>
    public static unsafe Tensor increment_(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, LibTorchAbi.Int64, out var layout) || layout.Count != 1)
            return x.add_(One, One);
        ++*(long*)layout.Data;
        GC.KeepAlive(x);
        return x;
    }

    /// <summary>x − y, with broadcasting.</summary>
    public static Tensor sub(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return ElementwiseLoop.TryRun<DifferenceRule>(x, y, 0) ?? x.sub(y);
    }

    /// <summary>x ← x − y, of x's shape.</summary>
    public static Tensor sub_(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return ElementwiseLoop.TryWrite<DifferenceRule>(x, y, 0) ? x : x.sub_(y);
    }

    /// <summary>x − number.</summary>
    public static Tensor sub(Tensor x, double number)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ElementwiseLoop.TryRun<SubtractRule>(x, number) ?? x.sub(Numbers.Of(number));
    }

    /// <inheritdoc cref="sub(Tensor, double)"/>
    public static Tensor sub(Tensor x, long number)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ElementwiseLoop.TryRun<SubtractRule>(x, number) ?? x.sub(Numbers.Of(number));
    }

    /// <summary>x ← x − number, also of integers.</summary>
    public static Tensor sub_(Tensor x, long number)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ElementwiseLoop.TryWrite<SubtractRule>(x, number) ? x : x.sub_(Numbers.Of(number));
    }

    /// <summary>number − x, of integers if x holds such.</summary>
    public static Tensor sub(long number, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ElementwiseLoop.TryRun<FromRule>(x, number) ?? x.neg().add_(Numbers.Of(number), One);
    }

    /// <summary>−x.</summary>
    public static Tensor neg(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ElementwiseLoop.TryRun<NegativeRule>(x, 0) ?? x.neg();
    }

    /// <summary>x ← −x.</summary>
    public static Tensor neg_(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ElementwiseLoop.TryWrite<NegativeRule>(x, 0) ? x : x.neg_();
    }

    /// <summary>x · y, element by element, with broadcasting.</summary>
    public static Tensor mul(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return ElementwiseLoop.TryRun<ProductRule>(x, y, 0) ?? x.mul(y);
    }

    /// <summary>x ← x · y, element by element, of x's shape.</summary>
    public static Tensor mul_(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return ElementwiseLoop.TryWrite<ProductRule>(x, y, 0) ? x : x.mul_(y);
    }

    /// <summary>x · number.</summary>
    public static Tensor mul(Tensor x, double number)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ElementwiseLoop.TryRun<MultiplyRule>(x, number) ?? x.mul(Numbers.Of(number));
    }

    /// <inheritdoc cref="mul(Tensor, double)"/>
    public static Tensor mul(Tensor x, long number)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ElementwiseLoop.TryRun<MultiplyRule>(x, number) ?? x.mul(Numbers.Of(number));
    }

    /// <summary>x ← x · number.</summary>
    public static Tensor mul_(Tensor x, double number)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ElementwiseLoop.TryWrite<MultiplyRule>(x, number) ? x : x.mul_(Numbers.Of(number));
    }

    /// <summary>x / y, element by element, with broadcasting.</summary>
    public static Tensor div(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return ElementwiseLoop.TryRun<QuotientRule>(x, y, 0) ?? x.div(y);
    }

    /// <summary>x ← x / y, element by element, of x's shape.</summary>
    public static Tensor div_(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return ElementwiseLoop.TryWrite<QuotientRule>(x, y, 0) ? x : x.div_(y);
    }

    /// <summary>x / number.</summary>
    public static Tensor div(Tensor x, double number)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ElementwiseLoop.TryRun<DivideRule>(x, number) ?? x.div(Numbers.Of(number));
    }

    /// <summary>x ← x / number.</summary>
    public static Tensor div_(Tensor x, double number)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ElementwiseLoop.TryWrite<DivideRule>(x, number) ? x : x.div_(Numbers.Of(number));
    }

    /// <summary>⌊x / number⌋.</summary>
    public static Tensor floor_divide(Tensor x, long number) => x.div(Numbers.Of(number), RoundingMode.floor);

    /// <summary>x ← ⌊x / number⌋.</summary>
    public static Tensor floor_divide_(Tensor x, long number) => x.div_(Numbers.Of(number), RoundingMode.floor);

    /// <summary>x modulo a number, with the number's sign.</summary>
    public static Tensor remainder(Tensor x, double number) => x.remainder(Numbers.Of(number));

    /// <summary>number / x.</summary>
    public static Tensor div(double number, Tensor x) => mul_(x.reciprocal(), number);

    /// <summary>x to the power of a number.</summary>
    public static Tensor pow(Tensor x, double exponent) => x.pow(Numbers.Of(exponent));

    /// <summary>max(x, least).</summary>
    public static Tensor clamp_min(Tensor x, double least) => x.clamp_min(Numbers.Of(least));

    /// <inheritdoc cref="clamp_min(Tensor, double)"/>
    public static Tensor clamp_min(Tensor x, long least) => x.clamp_min(Numbers.Of(least));

    /// <summary>x ← max(x, least).</summary>
    public static Tensor clamp_min_(Tensor x, double least) => x.clamp_min_(Numbers.Of(least));

    /// <summary>x ← min(x, most).</summary>
    public static Tensor clamp_max_(Tensor x, double most) => x.clamp_max_(Numbers.Of(most));

    /// <inheritdoc cref="clamp_max_(Tensor, double)"/>
    public static Tensor clamp_max_(Tensor x, long most) => x.clamp_max_(Numbers.Of(most));

    /// <summary>x ← min(max(x, least), most).</summary>
    public static Tensor clamp_(Tensor x, double least, double most) => x.clamp_(Numbers.Of(least), Numbers.Of(most));

    /// <inheritdoc cref="clamp_(Tensor, double, double)"/>
    public static Tensor clamp_(Tensor x, long least, long most) => x.clamp_(Numbers.Of(least), Numbers.Of(most));

    /// <summary>x above zero, slope·x below.</summary>
    public static Tensor leaky_relu(Tensor x, double slope) => x.leaky_relu(Numbers.Of(slope));

    /// <summary>x above zero, slope·x below, written over x.</summary>
    public static Tensor leaky_relu_(Tensor x, double slope) => x.leaky_relu_(Numbers.Of(slope));

    /// <summary>x above zero, α·(eˣ − 1) below.</summary>
    public static Tensor elu(Tensor x, double alpha) => x.elu(Numbers.Of(alpha), One, One);

    /// <summary>x above zero, α·(eˣ − 1) below, written over x.</summary>
    public static Tensor elu_(Tensor x, double alpha) => x.elu_(Numbers.Of(alpha), One, One);

    /// <summary>x ← x + share·(y − x), as (1 − share)·x + share·y; x as it is where the share is 0.</summary>
    public static Tensor lerp_(Tensor x, Tensor y, double share)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (share == 0 || ElementwiseLoop.TryWrite<BlendRule>(x, y, share)) return x;
        return x.mul_(Numbers.Of(1 - share)).add_(y, Numbers.Of(share));
    }

    /// <summary>x ← x + a·b.</summary>
    public static Tensor addcmul_(Tensor x, Tensor a, Tensor b) => x.addcmul_(a, b, One);

    /// <summary>x ← x + number·a·b.</summary>
    public static Tensor addcmul_(Tensor x, Tensor a, Tensor b, double number) => x.addcmul_(a, b, Numbers.Of(number));

    /// <summary>x + number·a·b.</summary>
    public static Tensor addcmul(Tensor x, Tensor a, Tensor b, double number) => x.addcmul(a, b, Numbers.Of(number));

    /// <summary>x ← x + number·a/b.</summary>
    public static Tensor addcdiv_(Tensor x, Tensor a, Tensor b, double number) => x.addcdiv_(a, b, Numbers.Of(number));
}
