using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The minimum of a smooth convex function by L-BFGS (Nocedal 1980): directions from the last ten changes of the
/// gradient, steps that meet the weak conditions of Wolfe, found by bisection.</summary>
internal static class QuasiNewton
{
    private const int Memory = 10, Trials = 60;
    private const double Decrease = 1e-4, Curvature = 0.9;

    /// <summary>Seeks the minimum.</summary>
    /// <param name="function">The value and the gradient at a place; the gradient is then the method's.</param>
    /// <param name="start">Where it begins, float64.</param>
    /// <param name="iterations">The most steps.</param>
    /// <param name="tolerance">The largest element of the gradient at which it is done.</param>
    /// <returns>The best place that was reached; belongs to the caller's scope.</returns>
    public static (Tensor Minimum, double Value, bool Converged, int Iterations) Minimize(
        Func<Tensor, (double Value, Tensor Gradient)> function, Tensor start, int iterations, double tolerance)
    {
        using var noGrad = no_grad();
        var changes = new Queue<(Tensor Step, Tensor Gradient, double Product)>();
        var place = start.clone();
        var (value, gradient) = function(place);
        int done = 0;
        while (done < iterations && Aten.item(gradient.abs().max()) > tolerance)
        {
            using var scope = NewDisposeScope();
            var direction = Direction(gradient, changes);
            double slope = Dot(direction, gradient);
            var reached = Search(function, place, value, direction, slope, changes.Count == 0);
            if (reached is not var (next, found, there)) break;
            var (step, change) = (next.sub(place), there.sub(gradient));
            double product = Dot(step, change);
            if (product > 0)
            {
                changes.Enqueue((step.MoveToOuterDisposeScope(), change.MoveToOuterDisposeScope(), product));
                if (changes.Count > Memory && changes.Dequeue() is var (oldStep, oldChange, _))
                {
                    oldStep.Dispose();
                    oldChange.Dispose();
                }
            }

            place.Dispose();
            gradient.Dispose();
            (place, value, gradient) = (next.MoveToOuterDisposeScope(), found, there.MoveToOuterDisposeScope());
            done++;
        }

        bool converged = Aten.item(gradient.abs().max()) <= tolerance;
        return (place, value, converged, done);
    }

    /// <summary>A step that lowers the value enough and flattens the slope; null where rounding leaves none.</summary>
    private static (Tensor Place, double Value, Tensor Gradient)? Search(
        Func<Tensor, (double Value, Tensor Gradient)> function, Tensor place, double value, Tensor direction, double slope,
        bool isFirst)
    {
        // The gradient alone says nothing of the length of the first step.
        double least = 0, most = double.PositiveInfinity, length = isFirst ? 1 / Math.Max(1, Math.Sqrt(-slope)) : 1;
        for (int trial = 0; trial < Trials; trial++)
        {
            var next = Aten.add(place, direction, length);
            var (found, gradient) = function(next);
            if (!(found <= value + Decrease * length * slope)) most = length;
            else if (Dot(direction, gradient) < Curvature * slope) least = length;
            else return (next, found, gradient);
            length = double.IsInfinity(most) ? 2 * length : (least + most) / 2;
        }

        return null;
    }

    // The two loops of Nocedal 1980.
    private static Tensor Direction(Tensor gradient, Queue<(Tensor Step, Tensor Gradient, double Product)> changes)
    {
        var direction = gradient.neg();
        var kept = changes.ToArray();
        var shares = new double[kept.Length];
        for (int i = kept.Length - 1; i >= 0; i--)
        {
            shares[i] = Dot(kept[i].Step, direction) / kept[i].Product;
            direction = Aten.add(direction, kept[i].Gradient, -shares[i]);
        }

        if (kept is [.., var last]) direction = Aten.mul(direction, last.Product / Dot(last.Gradient, last.Gradient));
        for (int i = 0; i < kept.Length; i++)
        {
            double share = Dot(kept[i].Gradient, direction) / kept[i].Product;
            direction = Aten.add(direction, kept[i].Step, shares[i] - share);
        }

        return direction;
    }

    private static double Dot(Tensor a, Tensor b) => Aten.item(a.mul(b).sum());
}
