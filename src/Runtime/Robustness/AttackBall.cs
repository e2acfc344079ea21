using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How far an attack may move an input: a ball around it, cut by the range of inputs.</summary>
/// <param name="Epsilon">ε, in the units of the input, above 0.</param>
public abstract record AttackBall(double Epsilon)
{
    /// <summary>The smallest number of an input.</summary>
    public double Minimum { get; init; }

    /// <summary>The largest number of an input.</summary>
    public double Maximum { get; init; } = 1;

    /// <summary>A random place of the ball, within the range.</summary>
    /// <param name="input">x, [N, ...].</param>
    /// <param name="draws">Where random numbers come from.</param>
    /// <returns>[N, ...]; the caller frees it.</returns>
    public abstract Tensor Start(Tensor input, DrawSampler draws);

    /// <summary>A step along a gradient, brought back into the ball and then into the range.</summary>
    /// <param name="at">Where the attack is, [N, ...].</param>
    /// <param name="gradient">[N, ...].</param>
    /// <param name="input">x, [N, ...].</param>
    /// <param name="stepSize">In the units of the input.</param>
    /// <returns>[N, ...]; the caller frees it.</returns>
    public abstract Tensor Step(Tensor at, Tensor gradient, Tensor input, double stepSize);

    /// <summary>The nearest place of the ball, brought into the range.</summary>
    /// <param name="at">[N, ...].</param>
    /// <param name="input">x, [N, ...].</param>
    /// <returns>[N, ...]; the caller frees it.</returns>
    public abstract Tensor Project(Tensor at, Tensor input);

    /// <summary>How long a disturbance of each sample is.</summary>
    /// <param name="disturbance">[N, ...].</param>
    /// <returns>[N]; the caller frees it.</returns>
    public abstract Tensor Length(Tensor disturbance);

    internal void Require(Tensor input)
    {
        if (!(Epsilon > 0 && double.IsFinite(Epsilon)) || !(Minimum < Maximum))
        {
            throw new ArgumentException(
                $"An attack has an ε above 0 and a range from a smaller to a larger number, but these are {Epsilon} and "
                + $"[{Minimum}, {Maximum}].", nameof(input));
        }

        AttackRange.Require(input, Minimum, Maximum).Dispose();
    }
}

/// <summary>max |δᵢ| ≤ ε, over all elements of a sample.</summary>
/// <param name="Epsilon">ε, in the units of the input.</param>
public sealed record LinfBall(double Epsilon) : AttackBall(Epsilon)
{
    /// <inheritdoc/>
    public override Tensor Start(Tensor input, DrawSampler draws)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(draws);
        using var drawn = draws.Uniform(-1, 1, input.shape);
        return LinfAttack.Start(input, drawn, Epsilon, Minimum, Maximum);
    }

    /// <inheritdoc/>
    public override Tensor Step(Tensor at, Tensor gradient, Tensor input, double stepSize) =>
        LinfAttack.Step(at, gradient, input, stepSize, Epsilon, Minimum, Maximum);

    /// <inheritdoc/>
    public override Tensor Project(Tensor at, Tensor input) => LinfAttack.Project(at, input, Epsilon, Minimum, Maximum);

    /// <inheritdoc/>
    public override Tensor Length(Tensor disturbance)
    {
        ArgumentNullException.ThrowIfNull(disturbance);
        using var scope = NewDisposeScope();
        return disturbance.flatten(1).abs().amax([1]).MoveToOuterDisposeScope();
    }
}

/// <summary>‖δ‖₂ ≤ ε, over all elements of a sample.</summary>
/// <param name="Epsilon">ε, in the units of the input.</param>
public sealed record L2Ball(double Epsilon) : AttackBall(Epsilon)
{
    /// <inheritdoc/>
    public override Tensor Start(Tensor input, DrawSampler draws)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(draws);
        using var direction = draws.Normal(input.shape);
        using var volume = draws.Uniform(0, 1, input.size(0), 1);
        return L2Attack.Start(input, direction, volume, Epsilon, Minimum, Maximum);
    }

    /// <inheritdoc/>
    public override Tensor Step(Tensor at, Tensor gradient, Tensor input, double stepSize) =>
        L2Attack.Step(at, gradient, input, stepSize, Epsilon, Minimum, Maximum);

    /// <inheritdoc/>
    public override Tensor Project(Tensor at, Tensor input) => L2Attack.Project(at, input, Epsilon, Minimum, Maximum);

    /// <inheritdoc/>
    public override Tensor Length(Tensor disturbance)
    {
        ArgumentNullException.ThrowIfNull(disturbance);
        using var scope = NewDisposeScope();
        return disturbance.flatten(1).norm(1, keepdim: false, p: 2).MoveToOuterDisposeScope();
    }
}
