using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Steps of an attack whose disturbance is at most ε in every element (arXiv 1706.06083).</summary>
public static class LinfAttack
{
    /// <summary>A random place near an input, x + ε·u, within the range.</summary>
    /// <param name="input">x, [N, ...] of D numbers each.</param>
    /// <param name="drawn">u, [N, D] or [N, ...]: even numbers from [-1, 1) for a place of the ball.</param>
    /// <param name="epsilon">ε, in the units of the input.</param>
    /// <param name="minimum">The smallest number of an input.</param>
    /// <param name="maximum">The largest number of an input.</param>
    /// <returns>[N, ...]; the caller frees it.</returns>
    public static Tensor Start(Tensor input, Tensor drawn, double epsilon, double minimum, double maximum)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(drawn);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Aten.clamp_(Aten.add(input, drawn.reshape(input.shape), epsilon), minimum, maximum).MoveToOuterDisposeScope();
    }

    /// <summary>A step along the sign of the gradient, brought back into the ball and then into the range.</summary>
    /// <param name="at">Where the attack is, [N, ...].</param>
    /// <param name="gradient">What climbs, by the input, [N, ...].</param>
    /// <param name="input">x, the middle of the ball, [N, ...].</param>
    /// <param name="stepSize">a, in the units of the input.</param>
    /// <param name="epsilon">ε, in the units of the input.</param>
    /// <param name="minimum">The smallest number of an input.</param>
    /// <param name="maximum">The largest number of an input.</param>
    /// <returns>[N, ...]; the caller frees it.</returns>
    public static Tensor Step(
        Tensor at, Tensor gradient, Tensor input, double stepSize, double epsilon, double minimum, double maximum)
    {
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(gradient);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Project(Aten.add(at, gradient.sign(), stepSize), input, epsilon, minimum, maximum).MoveToOuterDisposeScope();
    }

    /// <summary>The nearest place of the ball, brought into the range.</summary>
    /// <param name="at">[N, ...].</param>
    /// <param name="input">x, the middle of the ball, [N, ...], within the range.</param>
    /// <param name="epsilon">ε, in the units of the input.</param>
    /// <param name="minimum">The smallest number of an input.</param>
    /// <param name="maximum">The largest number of an input.</param>
    /// <returns>[N, ...]; the caller frees it.</returns>
    public static Tensor Project(Tensor at, Tensor input, double epsilon, double minimum, double maximum)
    {
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(input);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor low = Aten.sub(input, epsilon), high = Aten.add(input, epsilon);
        return Aten.clamp_(at.maximum(low).minimum(high), minimum, maximum).MoveToOuterDisposeScope();
    }
}
