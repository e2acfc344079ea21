using static TorchSharp.torch;

namespace Dsl.Runtime;

// What choosing between elements passes on of a gradient.
public static partial class Aten
{
    /// <summary>x kept between two numbers, element by element.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="least">The lower bound; negative infinity for none.</param>
    /// <param name="most">The upper bound; infinity for none.</param>
    public static Tensor clamp(Tensor x, double least, double most)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.clamp(Numbers.Of(least), Numbers.Of(most));
    }

    /// <summary>The gradient where x lies within the bounds, on them too, as libtorch's <c>clamp</c> has it; else 0.</summary>
    /// <param name="gradient">In the shape of <paramref name="x"/>.</param>
    /// <param name="x">What was clamped.</param>
    /// <param name="least">The lower bound.</param>
    /// <param name="most">The upper bound.</param>
    public static Tensor clamp_backward(Tensor gradient, Tensor x, double least, double most)
    {
        using var below = ge(x, least);
        using var above = le(x, most);
        using var within = below.logical_and(above);
        return masked_gradient(gradient, within, holds: true);
    }

    /// <summary>The gradient of a in max(a, b): all of it where a is larger, half where they are equal.</summary>
    /// <param name="gradient">In the shape that a and b broadcast to.</param>
    /// <param name="a">Any shape.</param>
    /// <param name="b">One that goes with it.</param>
    public static Tensor larger_backward(Tensor gradient, Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        using var larger = a.gt(b);
        using var equal = a.eq(b);
        using var whole = masked_gradient(gradient, larger, holds: true);
        using var half = masked_gradient(gradient, equal, holds: true);
        return add(whole, half, 0.5);
    }

    /// <summary>The gradient where a condition holds, or where it does not; else 0, also where the gradient is not a
    /// number.</summary>
    /// <param name="gradient">Any shape.</param>
    /// <param name="condition">Truth values in a shape that goes with it.</param>
    /// <param name="holds">Whether the gradient passes where the condition holds.</param>
    public static Tensor masked_gradient(Tensor gradient, Tensor condition, bool holds)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(condition);
        using var zero = gradient.new_zeros(1);
        return holds ? where(condition, gradient, zero) : where(condition, zero, gradient);
    }
}
