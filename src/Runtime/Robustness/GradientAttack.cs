using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Projected gradient descent on the cross-entropy, as Madry et al. evaluate (arXiv 1706.06083); with one step of length
/// ε the fast gradient method (arXiv 1412.6572).</summary>
/// <param name="Ball">How far an input may be moved.</param>
public sealed record GradientAttack(AttackBall Ball) : InputAttack(Ball)
{
    /// <summary>k, at least 1.</summary>
    public int Steps { get; init; } = 40;

    /// <summary>a, in the units of the input; null for 2.5·ε/k.</summary>
    public double? StepSize { get; init; }

    /// <summary>How often it begins anew, at least 1: an input is told wrongly when it is after any of them.</summary>
    public int Restarts { get; init; } = 1;

    /// <summary>Whether it begins at a random place of the ball.</summary>
    public bool RandomStart { get; init; } = true;

    /// <summary>Whether it seeks one certain class, that which the network finds least likely for the input as it is (Kurakin et
    /// al. 2017, arXiv 1611.01236).</summary>
    public bool Targeted { get; init; }

    /// <summary>The network whose gradient is climbed; null for the attacked one. With another one it is a transfer attack, which
    /// asks the attacked network nothing.</summary>
    public nn.Module<Tensor, Tensor>? Source { get; init; }

    /// <summary>The fast gradient method: one step of length ε from the input itself.</summary>
    /// <param name="ball">How far an input is moved.</param>
    public static GradientAttack Fgsm(AttackBall ball)
    {
        ArgumentNullException.ThrowIfNull(ball);
        return new GradientAttack(ball) { Steps = 1, StepSize = ball.Epsilon, RandomStart = false };
    }

    internal override Tensor Succeeds(Tensor predicted, Tensor label, Tensor cleanLogits) =>
        Targeted ? predicted.eq(cleanLogits.argmin(1)) : base.Succeeds(predicted, label, cleanLogits);

    /// <summary>The steps from a given place.</summary>
    /// <param name="model">The network whose gradient is climbed; every module's mode is restored.</param>
    /// <param name="start">Where they begin, [N, ...].</param>
    /// <param name="input">x, the middle of the ball, [N, ...].</param>
    /// <param name="aim">[N] int64: the class to leave, or that to reach where <see cref="Targeted"/>.</param>
    /// <returns>[N, ...]; the caller frees it.</returns>
    public Tensor Climb(nn.Module<Tensor, Tensor> model, Tensor start, Tensor input, Tensor aim)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        double size = StepSize ?? (2.5 * Ball.Epsilon / Steps);
        if (!(size > 0 && double.IsFinite(size)))
            throw new InvalidOperationException($"A step of an attack has a length above 0, but StepSize is {size}.");
        var at = start.alias();
        for (int i = 0; i < Steps; i++)
        {
            using var gradient = InputGradient.Of(model, at, logits => Surprise(logits, aim));
            var next = Ball.Step(at, gradient, input, size);
            at.Dispose();
            at = next;
        }

        return at;
    }

    private protected override Tensor Search(
        nn.Module<Tensor, Tensor> model, Tensor input, Tensor label, DrawSampler draws)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Restarts, 1);
        var source = Source ?? model;
        var clean = Ask(model, input);
        var aim = Targeted ? clean.argmin(1) : label;
        Tensor? found = null, succeeded = null;
        for (int i = 0; i < Restarts; i++)
        {
            var start = RandomStart ? Ball.Start(input, draws) : input;
            var at = Climb(source, start, input, aim);
            var right = Succeeds(Ask(model, at).argmax(1), label, clean);
            found = found is null ? at : where(Beside(right.logical_and(succeeded!.logical_not()), input), at, found);
            succeeded = succeeded is null ? right : succeeded.logical_or(right);
        }

        return found!;
    }

    // The sum: what a sample's gradient is does not depend on how many there are.
    private Tensor Surprise(Tensor logits, Tensor aim)
    {
        var surprise = nn.functional.cross_entropy(logits, aim, reduction: nn.Reduction.Sum);
        return Targeted ? surprise.neg() : surprise;
    }
}
