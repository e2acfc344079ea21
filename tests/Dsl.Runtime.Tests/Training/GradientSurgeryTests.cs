using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests;

public class GradientSurgeryTests
{
    // Losses whose gradients by θ are these rows: each conflicts with both others, so that their order decides.
    private static readonly float[,] Rows = { { 1, 0, 0.5f }, { -0.6f, 0.8f, 0 }, { -0.3f, -1, 0.2f } };

    /// <summary>Each step's gradient is that of one combination of orders, and there are several in some steps.</summary>
    [Fact]
    public void Three_objectives_meet_each_other_in_orders_that_vary()
    {
        var all = (from a in new[] { (1, 2), (2, 1) }
            from b in new[] { (0, 2), (2, 0) }
            from c in new[] { (0, 1), (1, 0) }
            select Sum(Project(0, a), Project(1, b), Project(2, c))).ToList();
        var seen = new HashSet<int>();
        for (int step = 0; step < 40; step++)
        {
            double[] gradient = Step(seed: 3, step);
            Assert.Equal(gradient, Step(seed: 3, step));
            int place = all.FindIndex(known => known.Zip(gradient).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5));
            Assert.True(place >= 0, string.Join(", ", gradient));
            seen.Add(place);
        }

        Assert.True(seen.Count > 4);
    }

    [Fact]
    public void What_cannot_be_taken_apart_is_refused()
    {
        using var arena = new ParameterArena(16, 16);
        Assert.Throws<ArgumentException>(() => new GradientSurgery(["one"], [arena], (0, 16)));
        Assert.Throws<ArgumentException>(() => new GradientSurgery(["one", "two"], [arena]));
    }

    private static double[] Step(long seed, long step)
    {
        using var scope = NewDisposeScope();
        using var arena = new ParameterArena(32, 32);
        using var surgery = new GradientSurgery(["a", "b", "c"], [arena], (0, 3));
        using (no_grad()) arena.Gradients[3] = 2;
        var parameters = arena.AsValue();
        var rows = tensor(Rows);
        var losses = Enumerable.Range(0, 3).Select(i => (rows[i] * parameters.narrow(0, 0, 3)).sum()).ToList();
        surgery.Backward(losses, [parameters[3] * 5], seed, step);
        Assert.Equal(7f, arena.Gradients[3].item<float>());
        Assert.Equal(-0.6 / Math.Sqrt(1.25), surgery.Cosines()[0, 1], 1e-6);
        return [.. arena.Gradients.narrow(0, 0, 3).data<float>().Select(value => (double)value)];
    }

    private static double[] Project(int own, (int First, int Second) order)
    {
        double[] result = Row(own);
        foreach (int other in new[] { order.First, order.Second })
        {
            double[] direction = Row(other);
            double product = Dot(result, direction);
            if (product < 0)
                result = [.. result.Zip(direction, (a, b) => a - product / Dot(direction, direction) * b)];
        }

        return result;
    }

    private static double[] Row(int row) => [Rows[row, 0], Rows[row, 1], Rows[row, 2]];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[] Sum(params double[][] vectors) => [.. Enumerable.Range(0, 3).Select(i => vectors.Sum(row => row[i]))];
}
