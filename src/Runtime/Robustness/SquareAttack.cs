using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Random search by squares: a square of the image takes a new colour at the edge of the ball where that lowers the margin of the
/// right class (Andriushchenko et al. 2020, arXiv 1912.00049, algorithms 1 and 2). It asks for logits and nothing else.
/// </summary>
/// <param name="Linf">How far an input may be moved.</param>
public sealed record SquareAttack(LinfBall Linf) : InputAttack(Linf)
{
    // After which share of the queries the side of the squares shrinks: the area halves at each, as the authors have it.
    private static readonly double[] Halvings = [0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8];

    /// <summary>How often the network is asked, at least 1. The authors' number is 5,000 to 20,000.</summary>
    public int Queries { get; init; } = 1000;

    /// <summary>p: the share of the image that the first squares cover, in (0, 1]: 0.8 for small images, else
    /// 0.05.</summary>
    public double Share { get; init; } = 0.8;

    private protected override Tensor Search(
        nn.Module<Tensor, Tensor> model, Tensor input, Tensor label, DrawSampler draws)
    {
        if (input.dim() != 4)
        {
            throw new DataMismatchException(
                $"Squares are parts of images [N, C, H, W], but the inputs are [{string.Join(", ", input.shape)}]: "
                + "use a CoordinateAttack.");
        }

        if (!(Share > 0 && Share <= 1)) throw new InvalidOperationException($"Share is in (0, 1], but it is {Share}.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Queries, 1);
        long n = input.size(0), channels = input.size(1), height = input.size(2), width = input.size(3);
        using var columns = Signs(draws, n, channels, 1, width);
        var best = Ball.Project(Aten.add(input, columns, Ball.Epsilon), input);
        var margin = Margin(Ask(model, best), label);
        Tensor rows = Aten.arange(0, height).to(input.device).reshape(1, 1, height, 1),
        places = Aten.arange(0, width).to(input.device).reshape(1, 1, 1, width);
        for (int query = 1; query < Queries; query++)
        {
            using var scope = NewDisposeScope();
            double share = Share / Math.Pow(2, Halvings.Count(from => query >= from * Queries));
            long side = Math.Clamp((long)Math.Round(Math.Sqrt(share * height * width)), 1, Math.Min(height, width));
            var top = draws.Integers(height - side + 1, n, 1, 1, 1);
            var left = draws.Integers(width - side + 1, n, 1, 1, 1);
            var inside = rows.ge(top).logical_and(rows.lt(Aten.add(top, side)))
                .logical_and(places.ge(left)).logical_and(places.lt(Aten.add(left, side)));
            var painted = Ball.Project(Aten.add(input, Signs(draws, n, channels, 1, 1), Ball.Epsilon), input);
            var tried = where(inside, painted, best);
            var other = Margin(Ask(model, tried), label);

            // What is told wrongly stays as it is.
            var better = other.lt(margin).logical_and(Aten.ge(margin, 0));
            var next = where(Beside(better, input), tried, best).MoveToOuterDisposeScope();
            var nextMargin = where(better, other, margin).MoveToOuterDisposeScope();
            best.Dispose();
            margin.Dispose();
            (best, margin) = (next, nextMargin);
        }

        return best;
    }

    private static Tensor Signs(DrawSampler draws, params long[] sizes)
    {
        using var scope = NewDisposeScope();
        return draws.Uniform(-1, 1, sizes).sign().MoveToOuterDisposeScope();
    }

    private static Tensor Margin(Tensor logits, Tensor label)
    {
        using var scope = NewDisposeScope();
        var own = label.unsqueeze(1);
        var right = logits.gather(1, own).squeeze(1);
        var isOwn = zeros_like(logits).scatter(1, own, ones_like(logits).narrow(1, 0, 1));
        var others = Aten.masked_fill(logits, Aten.gt(isOwn, 0), double.NegativeInfinity);
        return right.sub(others.amax([1])).MoveToOuterDisposeScope();
    }
}
