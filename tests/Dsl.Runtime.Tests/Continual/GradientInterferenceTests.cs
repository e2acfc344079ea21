using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests;

public class GradientInterferenceTests
{
    [Fact]
    public void Cosines_are_those_of_gradients_written_by_hand()
    {
        using var scope = NewDisposeScope();
        Tensor a = tensor(new[] { 1.0, 2 }).requires_grad_(), b = tensor(3.0).requires_grad_(), other = ones(1).requires_grad_();

        // Gradients by (a, b): (2, 0, 1), (−1, 0, 0) and (0, 3, 0); the last loss is of something else.
        Tensor[] losses = [a[0] * 2 + b, -a[0], a[1] * 3, other.sum()];
        double[,] cosines = GradientInterference.Cosines(losses, [a, b]);
        Assert.Equal(1, cosines[0, 0]);
        Assert.Equal(-2 / Math.Sqrt(5), cosines[0, 1], 12);
        Assert.Equal(cosines[0, 1], cosines[1, 0]);
        Assert.Equal(0, cosines[0, 2], 12);
        Assert.True(double.IsNaN(cosines[0, 3]));
        Assert.True(double.IsNaN(cosines[3, 3]));
    }

    [Fact]
    public void What_cannot_interfere_is_refused()
    {
        using var scope = NewDisposeScope();
        var a = ones(2).requires_grad_();
        Assert.Throws<ArgumentException>(() => GradientInterference.Cosines([a.sum()], [a]));
        Assert.Throws<ArgumentException>(() => GradientInterference.Cosines([a.sum(), a.sum()], []));
        Assert.Throws<ArgumentException>(() => GradientInterference.Cosines([a.sum(), a], [a]));
    }
}
