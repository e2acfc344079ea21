using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// SimBA: one element after another, in random order, is moved up or down where that lowers the probability of the right class
/// (Guo et al. 2019, arXiv 1905.07121, algorithm 1 in the pixel basis). It asks for logits and nothing else.
/// </summary>
/// <param name="Ball">How far an input may be moved; the authors bound it by the number of steps alone.</param>
public sealed record CoordinateAttack(AttackBall Ball) : InputAttack(Ball)
{
    /// <summary>How many elements are tried, each with two queries, at least 1. After the last element the first come
    /// again.</summary>
    public int Trials { get; init; } = 500;

    /// <summary>How far an element is moved, in the units of the input, above 0.</summary>
    public double StepSize { get; init; } = 0.2;

    private protected override Tensor Search(
        nn.Module<Tensor, Tensor> model, Tensor input, Tensor label, DrawSampler draws)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Trials, 1);
        if (!(StepSize > 0 && double.IsFinite(StepSize)))
            throw new InvalidOperationException($"StepSize is above 0, but it is {StepSize}.");
        long n = input.size(0), elements = input.numel() / n;
        var order = draws.Uniform(0, 1, n, elements).argsort(1);
        var best = input.clone();
        var logits = Ask(model, input);
        var surprise = Surprise(logits, label);
        var isRight = logits.argmax(1).eq(label);
        for (int i = 0; i < Trials; i++)
        {
            foreach (double step in new[] { StepSize, -StepSize })
            {
                using var scope = NewDisposeScope();
                var moved = best.flatten(1).clone();
                var place = order.narrow(1, i % elements, 1);
                moved.scatter_add_(1, place, Aten.mul(ones_like(moved).narrow(1, 0, 1), step));
                var tried = Ball.Project(moved.reshape(input.shape), input);
                var said = Ask(model, tried);
                var other = Surprise(said, label);

                // What is told wrongly stays as it is.
                var better = other.gt(surprise).logical_and(isRight);
                var next = where(Beside(better, input), tried, best).MoveToOuterDisposeScope();
                var nextSurprise = where(better, other, surprise).MoveToOuterDisposeScope();
                var nextRight = where(better, said.argmax(1).eq(label), isRight).MoveToOuterDisposeScope();
                best.Dispose();
                surprise.Dispose();
                isRight.Dispose();
                (best, surprise, isRight) = (next, nextSurprise, nextRight);
            }
        }

        return best;
    }

    private static Tensor Surprise(Tensor logits, Tensor label) =>
        nn.functional.cross_entropy(logits, label, reduction: nn.Reduction.None);
}
