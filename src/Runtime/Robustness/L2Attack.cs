using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Steps of an attack whose disturbance has at most the Euclidean length ε (arXiv 1706.06083).</summary>
public static class L2Attack
{
    private const double Least = 1e-12;

    /// <summary>A random place of the ball, even in its volume, within the range: ε·u^(1/D) along a random direction.</summary>
    /// <param name="input">x, [N, ...] of D numbers each.</param>
    /// <param name="direction">Normal numbers, [N, ...].</param>
    /// <param name="volume">u, even numbers from [0, 1), [N, 1].</param>
    /// <param name="epsilon">ε, in the units of the input.</param>
    /// <param name="minimum">The smallest number of an input.</param>
    /// <param name="maximum">The largest number of an input.</param>
    /// <returns>[N, ...]; the caller frees it.</returns>
    public static Tensor Start(
        Tensor input, Tensor direction, Tensor volume, double epsilon, double minimum, double maximum)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(direction);
        ArgumentNullException.ThrowIfNull(volume);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var unit = SampleVectors.Unit(direction).flatten(1);
        var radius = Aten.mul(Aten.pow(volume, 1.0 / unit.size(1)), epsilon);
        return Aten.clamp_(Aten.add(input, unit.mul(radius).reshape(input.shape)), minimum, maximum).MoveToOuterDisposeScope();
    }

    /// <summary>A step along the gradient, of one length for every sample, brought back into the ball and then into the
    /// range. A sample without a gradient stays.</summary>
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
        var moved = Aten.add(at, SampleVectors.Unit(gradient), stepSize);
        return Project(moved, input, epsilon, minimum, maximum).MoveToOuterDisposeScope();
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
        var disturbance = at.sub(input).flatten(1);
        var length = Aten.clamp_min(disturbance.norm(1, keepdim: true, p: 2), Least);
        var share = Aten.clamp_max_(Aten.div(epsilon, length), 1.0);
        var inside = Aten.add(input, disturbance.mul(share).reshape(input.shape));
        return Aten.clamp_(inside, minimum, maximum).MoveToOuterDisposeScope();
    }
}
