using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

// Operators with numbers: TorchSharp's, with the number's native object kept from one step to the next. A number that
// TorchSharp makes itself may be freed while libtorch reads it: once its pointer is passed on nothing holds it, and a
// collection that another thread starts ends it.
public static partial class Aten
{
    private static readonly Scalar One = 1;

    /// <summary>x + y.</summary>
    public static Tensor add(Tensor x, Tensor y) => x.add(y, One);

    /// <summary>x ← x + y.</summary>
    public static Tensor add_(Tensor x, Tensor y) => x.add_(y, One);

    /// <summary>x ← x + number·y.</summary>
    public static Tensor add_(Tensor x, Tensor y, double number) => x.add_(y, Numbers.Of(number));

    /// <summary>x + number.</summary>
    public static Tensor add(Tensor x, double number) => x.add(Numbers.Of(number), One);

    /// <summary>x ← x + number.</summary>
    public static Tensor add_(Tensor x, double number) => x.add_(Numbers.Of(number), One);

    /// <summary>x ← x + 1, also of integers.</summary>
    public static Tensor increment_(Tensor x) => x.add_(One, One);

    /// <summary>x · number.</summary>
    public static Tensor mul(Tensor x, double number) => x.mul(Numbers.Of(number));

    /// <summary>x ← x · number.</summary>
    public static Tensor mul_(Tensor x, double number) => x.mul_(Numbers.Of(number));

    /// <summary>x / number.</summary>
    public static Tensor div(Tensor x, double number) => x.div(Numbers.Of(number));

    /// <summary>x ← x / number.</summary>
    public static Tensor div_(Tensor x, double number) => x.div_(Numbers.Of(number));

    /// <summary>number / x.</summary>
    public static Tensor div(double number, Tensor x) => mul_(x.reciprocal(), number);

    /// <summary>x to the power of a number.</summary>
    public static Tensor pow(Tensor x, double exponent) => x.pow(Numbers.Of(exponent));

    /// <summary>max(x, least).</summary>
    public static Tensor clamp_min(Tensor x, double least) => x.clamp_min(Numbers.Of(least));

    /// <summary>x ← max(x, least).</summary>
    public static Tensor clamp_min_(Tensor x, double least) => x.clamp_min_(Numbers.Of(least));

    /// <summary>x ← min(x, most).</summary>
    public static Tensor clamp_max_(Tensor x, double most) => x.clamp_max_(Numbers.Of(most));

    /// <summary>x ← min(max(x, least), most).</summary>
    public static Tensor clamp_(Tensor x, double least, double most) => clamp_max_(clamp_min_(x, least), most);

    /// <summary>x ← a number everywhere.</summary>
    public static Tensor fill_(Tensor x, double number) => x.fill_(Numbers.Of(number));

    /// <summary>The number of a tensor that has one element. It waits for the device.</summary>
    public static double item(Tensor x)
    {
        using var number = x.ToScalar();
        return number.ToDouble();
    }

    /// <summary>x above zero, slope·x below.</summary>
    public static Tensor leaky_relu(Tensor x, double slope) => x.leaky_relu(Numbers.Of(slope));

    /// <summary>x above zero, slope·x below, written over x.</summary>
    public static Tensor leaky_relu_(Tensor x, double slope) => x.leaky_relu_(Numbers.Of(slope));

    /// <summary>x above zero, α·(eˣ − 1) below.</summary>
    public static Tensor elu(Tensor x, double alpha) => x.elu(Numbers.Of(alpha), One, One);

    /// <summary>x above zero, α·(eˣ − 1) below, written over x.</summary>
    public static Tensor elu_(Tensor x, double alpha) => x.elu_(Numbers.Of(alpha), One, One);

    /// <summary>Where x is above a number.</summary>
    public static Tensor gt(Tensor x, double number) => x.gt(Numbers.Of(number));

    /// <summary>Where x is below a number.</summary>
    public static Tensor lt(Tensor x, double number) => x.lt(Numbers.Of(number));

    /// <summary>Where x is a number.</summary>
    public static Tensor eq(Tensor x, double number) => x.eq(Numbers.Of(number));

    /// <summary>Where x is another number.</summary>
    public static Tensor ne(Tensor x, double number) => x.ne(Numbers.Of(number));

    /// <summary>x, with a number where the mask is true.</summary>
    public static Tensor masked_fill(Tensor x, Tensor mask, double number) => x.masked_fill(mask, Numbers.Of(number));

    /// <summary>x ← a number where the mask is true.</summary>
    public static Tensor masked_fill_(Tensor x, Tensor mask, double number) => x.masked_fill_(mask, Numbers.Of(number));

    /// <summary>x ← x + share·(y − x), as (1 − share)·x + share·y.</summary>
    public static Tensor lerp_(Tensor x, Tensor y, double share) =>
        x.mul_(Numbers.Of(1 - share)).add_(y, Numbers.Of(share));

    /// <summary>x ← x + a·b.</summary>
    public static Tensor addcmul_(Tensor x, Tensor a, Tensor b) => x.addcmul_(a, b, One);

    /// <summary>x ← x + number·a·b.</summary>
    public static Tensor addcmul_(Tensor x, Tensor a, Tensor b, double number) => x.addcmul_(a, b, Numbers.Of(number));

    /// <summary>x + number·a·b.</summary>
    public static Tensor addcmul(Tensor x, Tensor a, Tensor b, double number) => x.addcmul(a, b, Numbers.Of(number));

    /// <summary>x ← x + number·a/b.</summary>
    public static Tensor addcdiv_(Tensor x, Tensor a, Tensor b, double number) => x.addcdiv_(a, b, Numbers.Of(number));
}
