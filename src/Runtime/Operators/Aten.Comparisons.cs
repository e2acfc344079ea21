using static TorchSharp.torch;

namespace Dsl.Runtime;

// Comparisons with numbers. Those with integers are exact: against a double, an integer tensor would be rounded to float32.
public static partial class Aten
{
    /// <summary>Where x is above a number.</summary>
    public static Tensor gt(Tensor x, double number) => x.gt(Numbers.Of(number));

    /// <inheritdoc cref="gt(Tensor, double)"/>
    public static Tensor gt(Tensor x, long number) => x.gt(Numbers.Of(number));

    /// <summary>Where x is a number or above.</summary>
    public static Tensor ge(Tensor x, double number) => x.ge(Numbers.Of(number));

    /// <inheritdoc cref="ge(Tensor, double)"/>
    public static Tensor ge(Tensor x, long number) => x.ge(Numbers.Of(number));

    /// <summary>Where x is below a number.</summary>
    public static Tensor lt(Tensor x, double number) => x.lt(Numbers.Of(number));

    /// <inheritdoc cref="lt(Tensor, double)"/>
    public static Tensor lt(Tensor x, long number) => x.lt(Numbers.Of(number));

    /// <summary>Where x is a number or below.</summary>
    public static Tensor le(Tensor x, double number) => x.le(Numbers.Of(number));

    /// <inheritdoc cref="le(Tensor, double)"/>
    public static Tensor le(Tensor x, long number) => x.le(Numbers.Of(number));

    /// <summary>Where x is a number.</summary>
    public static Tensor eq(Tensor x, double number) => x.eq(Numbers.Of(number));

    /// <inheritdoc cref="eq(Tensor, double)"/>
    public static Tensor eq(Tensor x, long number) => x.eq(Numbers.Of(number));

    /// <summary>Where x is another number.</summary>
    public static Tensor ne(Tensor x, double number) => x.ne(Numbers.Of(number));

    /// <inheritdoc cref="ne(Tensor, double)"/>
    public static Tensor ne(Tensor x, long number) => x.ne(Numbers.Of(number));
}
