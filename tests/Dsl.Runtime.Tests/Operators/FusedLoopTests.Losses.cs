using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

// Losses that come with their gradients.
public sealed partial class FusedLoopTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public void Cross_entropy_and_its_gradient(long reduction, bool weighted)
    {
        foreach (long classes in s_sizes)
        {
            foreach (long rows in new long[] { 1, 5, 64 })
            {
                using var scope = NewDisposeScope();
                using var noGrad = no_grad();
                using var generator = new Generator(7);
                var logits = randn([rows, classes], generator: generator) * 6;
                var labels = randint(0, classes, [rows], ScalarType.Int64, generator: generator);
                if (rows > 1) labels[1] = -100;
                var weights = weighted ? rand([classes], generator: generator) + 0.1 : null;
                var (loss, gradient) = CrossEntropyLoop.TryRun(logits, labels, weights, reduction == 1, -100)!.Value;
                var (expected, slope) = Aten.CrossEntropyByOperators(logits, labels, weights, reduction, -100);
                Close(expected, loss, 1e-5 * Math.Max(1, rows));
                Close(slope, gradient, 2e-6);
            }
        }
    }

    [Fact]
    public void Cross_entropy_of_numbers_that_are_none_or_infinite()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (float odd in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            foreach (int place in new[] { 0, 9, 10 })
            {
                var logits = arange(44, ScalarType.Float32).reshape(4, 11) / 7;
                logits[1, place] = odd;
                var labels = tensor(new long[] { 3, 10, 0, -100 });
                foreach (long reduction in new long[] { 1, 2 })
                {
                    var (loss, gradient) = CrossEntropyLoop.TryRun(logits, labels, null, reduction == 1, -100)!.Value;
                    var (expected, slope) = Aten.CrossEntropyByOperators(logits, labels, null, reduction, -100);
                    Close(expected, loss, 1e-5);
                    Close(slope, gradient, 1e-6);
                }
            }
        }
    }

    [Fact]
    public void Divergences_and_their_gradient()
    {
        foreach (long classes in s_sizes)
        {
            foreach (long rows in new long[] { 1, 5, 64 })
            {
                using var scope = NewDisposeScope();
                using var noGrad = no_grad();
                var logits = randn(rows, classes) * 4;
                var target = (randn(rows, classes) * 3).softmax(1);

                // A class that is ruled out, and rows that are no distribution.
                target[0, 0] = 0;
                var (divergence, gradient) = DivergenceLoop.TryRun(logits, target)!.Value;
                var (expected, slope) = Aten.DivergenceByOperators(logits, target);
                Close(expected, divergence, 2e-5);
                Close(slope, gradient, 2e-6);
            }
        }

        using var inner = NewDisposeScope();
        using var off = no_grad();
        var (z, t) = (randn(3, 11), ones(3, 11) / 11);
        z[1, 10] = float.NaN;
        t[2, 0] = float.NaN;
        var (odd, slopes) = Aten.divergence_and_gradient(z, t);
        var (same, others) = Aten.DivergenceByOperators(z, t);
        Close(same, odd, 1e-5);
        Close(others, slopes, 1e-6);
        Assert.Null(DivergenceLoop.TryRun(z.to(ScalarType.Float64), t));
        Assert.Null(DivergenceLoop.TryRun(z, randn(11, 3).t()));
        Assert.Null(DivergenceLoop.TryRun(z, ones(3, 10)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Squared_errors_and_their_gradient(long reduction)
    {
        foreach (long size in new long[] { 0, 1, 7, 8, 9, 4095, 4096, 4097, 70_001 })
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var (x, target) = (randn(size), randn(size));
            var (loss, gradient) = SquaredErrorLoop.TryRun(x, target, reduction == 1)!.Value;
            var (expected, slope) = Aten.SquaredErrorByOperators(x, target, reduction);
            Close(expected, loss, 1e-5);
            Close(slope, gradient, 1e-6);
        }

        using var inner = NewDisposeScope();
        using var off = no_grad();
        Assert.Null(SquaredErrorLoop.TryRun(randn(3, 4), randn(4, 3).t(), true));
        Assert.Null(SquaredErrorLoop.TryRun(randn(3, 4), randn(4), true));
        Assert.Null(SquaredErrorLoop.TryRun(randn([3], ScalarType.Float64), randn([3], ScalarType.Float64), true));
        Close(tensor(1.5), Aten.mse_loss_and_gradient(tensor(new[] { 1.0, 2.0 }), tensor(new[] { 2.0, 0.0 }), 1).Item1 - 1, 0);
    }

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 0.3)]
    public void Hubers_losses_and_their_gradient(long reduction, double delta)
    {
        var reduced = reduction == 1 ? nn.Reduction.Mean : nn.Reduction.Sum;
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            foreach (long size in new long[] { 0, 1, 7, 8, 9, 33, 4096, 4097, 100_003 })
            {
                using var scope = NewDisposeScope();
                using var noGrad = no_grad();
                Tensor x = randn([size], type), target = randn([size], type), one = ones([], type);
                if (size > 7) (x[1], x[2], x[3]) = (target[1].clone(), target[2] + delta, target[3] - delta);
                var (loss, gradient) = Aten.huber_loss_and_gradient(x, target, reduction, delta);
                var expected = nn.functional.smooth_l1_loss(x, target, reduced, delta);
                Close(expected * delta, loss, 1e-5 * Math.Max(1, size / 1000));
                Close(Aten.huber_loss_backward(one, x, target, reduction, delta), gradient, 1e-6);
                var (smooth, slope) = Aten.smooth_l1_loss_and_gradient(x, target, reduction, delta);
                Close(expected, smooth, 1e-5 * Math.Max(1, size / 1000));
                Close(Aten.smooth_l1_loss_backward(one, x, target, reduction, delta), slope, 1e-6);
            }
        }

        using var inner = NewDisposeScope();
        using var off = no_grad();
        foreach (float odd in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            var x = arange(11, ScalarType.Float32) / 5;
            (x[3], x[10]) = (odd, odd);
            var (loss, gradient) = Aten.huber_loss_and_gradient(x, zeros(11), reduction, delta);
            Close(nn.functional.smooth_l1_loss(x, zeros(11), reduced, delta) * delta, loss, 1e-5);
            Close(Aten.huber_loss_backward(ones([]), x, zeros(11), reduction, delta), gradient, 1e-6);
        }

        Assert.Null(HuberLoop.TryRun(randn(3, 4), randn(4, 3).t(), true, delta, 1));
        var (absolute, _) = Aten.smooth_l1_loss_and_gradient(ones(3), zeros(3), reduction, 0);
        Close(reduction == 1 ? ones([]) : full([], 3f), absolute, 0);
    }

    [Fact]
    public void Cross_entropy_of_no_label_is_not_a_number_and_has_no_gradient()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (loss, gradient) = Aten.cross_entropy_and_gradient(ones(3, 5), full(3, -100L), null, 1, -100);
        Assert.True(float.IsNaN(loss.item<float>()));
        Assert.Equal(0, gradient.abs().max().item<float>());
        var (sum, _) = Aten.cross_entropy_and_gradient(ones(3, 5), full(3, -100L), null, 2, -100);
        Assert.Equal(0, sum.item<float>());
    }
}
