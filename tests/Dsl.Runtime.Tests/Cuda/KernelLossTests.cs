using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Cuda;

/// <summary>Kernels of losses with their gradients, run on the processor, against libtorch's operators.</summary>
public class KernelLossTests
{
    [EmulatedTheory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public void Cross_entropy_and_its_gradient(long reduction, bool weighted)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var emulated = EmulatedDevice.Begin(out var device);
        foreach (long classes in new long[] { 1, 2, 10, 31, 32, 33, 1000, 1025, 3000 })
        {
            foreach (long rows in new long[] { 1, 5, 64 })
            {
                using var inner = NewDisposeScope();
                using var generator = new Generator(7);
                var logits = randn([rows, classes], generator: generator) * 6;
                var labels = randint(0, classes, [rows], ScalarType.Int64, generator: generator);
                if (rows > 1) labels[1] = -100;
                var weights = weighted ? rand([classes], generator: generator) + 0.1 : null;
                var (loss, gradient) = CrossEntropyLoop.TryRun(logits, labels, weights, reduction == 1, -100)!.Value;
                var (expected, slope) = Aten.CrossEntropyByOperators(logits.to(ScalarType.Float64), labels,
                    weights?.to(ScalarType.Float64), reduction, -100);
                Close.To(expected, loss, 1e-6);
                Close.To(slope, gradient, 1e-6, 1.0 / rows);
            }
        }

        Assert.Equal(reduction == 1, device.Launched.Contains("label_weights"));
        Assert.Contains("cross_entropy", device.Launched);
    }

    [EmulatedFact]
    public void Sums_of_many_rows_go_in_runs()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var emulated = EmulatedDevice.Begin(out var device);
        const long rows = 8200;
        using var generator = new Generator(3);
        var logits = randn([rows, 3], generator: generator);
        var labels = randint(0, 3, [rows], ScalarType.Int64, generator: generator);
        labels[rows - 1] = -100;
        var (loss, gradient) = CrossEntropyLoop.TryRun(logits, labels, null, true, -100)!.Value;
        var (expected, slope) = Aten.CrossEntropyByOperators(logits.to(ScalarType.Float64), labels, null, 1, -100);
        Close.To(expected, loss, 1e-6);
        Close.To(slope, gradient, 1e-6, 1.0 / rows);
        Assert.Equal(
            ["label_weights", "sum_runs", "cross_entropy", "sum_runs", "sum_result"], device.Launched);

        // In the same order each time: to the last bit.
        var (again, slopeAgain) = CrossEntropyLoop.TryRun(logits, labels, null, true, -100)!.Value;
        Assert.Equal(loss.ToSingle(), again.ToSingle());
        Assert.Equal(gradient.data<float>().ToArray(), slopeAgain.data<float>().ToArray());
    }

    [EmulatedFact]
    public void Cross_entropy_of_numbers_that_are_none_or_infinite()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var emulated = EmulatedDevice.Begin(out _);
        foreach (float odd in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            foreach (int place in new[] { 0, 9, 40 })
            {
                var logits = arange(180, ScalarType.Float32).reshape(4, 45) / 30;
                logits[1, place] = odd;
                var labels = tensor(new long[] { 3, 10, 0, -100 });
                foreach (long reduction in new long[] { 1, 2 })
                {
                    var (loss, gradient) = CrossEntropyLoop.TryRun(logits, labels, null, reduction == 1, -100)!.Value;
                    var (expected, slope) = Aten.CrossEntropyByOperators(logits, labels, null, reduction, -100);
                    Close.To(expected, loss, 1e-6);
                    Close.To(slope, gradient, 1e-6);
                }
            }
        }
    }

    [EmulatedFact]
    public void Losses_of_nothing_are_those_of_libtorch()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var emulated = EmulatedDevice.Begin(out _);
        var none = tensor(new long[] { -100, -100 });
        var (loss, gradient) = CrossEntropyLoop.TryRun(randn(2, 5), none, null, true, -100)!.Value;
        Assert.True(float.IsNaN(loss.ToSingle()));
        Assert.Equal(new float[10], gradient.data<float>().ToArray());
        var (sum, _) = CrossEntropyLoop.TryRun(zeros(0, 5), zeros(0, ScalarType.Int64), null, false, -100)!.Value;
        Assert.Equal(0, sum.ToSingle());
        var (mean, _) = SquaredErrorLoop.TryRun(zeros(0), zeros(0), true)!.Value;
        Assert.True(float.IsNaN(mean.ToSingle()));
    }

    [EmulatedFact]
    public void A_label_that_is_no_class_ends_the_kernel()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var emulated = EmulatedDevice.Begin(out _);
        foreach (long label in new long[] { 5, -1 })
        {
            var refused = Assert.Throws<CudaException>(() =>
                CrossEntropyLoop.TryRun(randn(2, 5), tensor(new[] { 0, label }), null, true, -100));
            Assert.Equal("cross_entropy: a label is a class, or the one that is ignored", refused.Message);
        }
    }

    [EmulatedFact]
    public void Divergences_and_their_gradient()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var emulated = EmulatedDevice.Begin(out var device);
        foreach (long classes in new long[] { 1, 3, 10, 33, 1500 })
        {
            using var inner = NewDisposeScope();
            using var generator = new Generator(3);
            var logits = randn([7, classes], generator: generator) * 5;
            var target = nn.functional.softmax(randn([7, classes], generator: generator) * 3, 1);
            target[2] = zeros(classes);
            target[2, 0] = 1;
            target[3] = target[3] * 0.5;
            var (divergence, gradient) = DivergenceLoop.TryRun(logits, target)!.Value;
            var (expected, slope) = Aten.DivergenceByOperators(logits.to(ScalarType.Float64), target.to(ScalarType.Float64));
            Close.To(expected, divergence, 1e-6, 1);
            Close.To(slope, gradient, 1e-6, 1);
        }

        Assert.All(device.Launched, name => Assert.Equal("divergence", name));
        Assert.Null(DivergenceLoop.TryRun(randn(3, 4), randn(4, 3).t())?.Divergence);
    }

    [EmulatedTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Errors_and_their_gradients(bool mean)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var emulated = EmulatedDevice.Begin(out var device);
        long reduction = mean ? 1 : 2;
        foreach (long count in new long[] { 1, 31, 257, 4096, 4097, 20000 })
        {
            using var inner = NewDisposeScope();
            using var generator = new Generator(3);
            Tensor x = randn([count], generator: generator) * 2, target = randn([count], generator: generator);
            Tensor doubles = x.to(ScalarType.Float64), wide = target.to(ScalarType.Float64);
            var (loss, gradient) = SquaredErrorLoop.TryRun(x, target, mean)!.Value;
            var (expected, slope) = Aten.SquaredErrorByOperators(doubles, wide, reduction);
            Close.To(expected, loss, 1e-6);
            Close.To(slope, gradient, 1e-6);
            foreach (double delta in new[] { 0.3, 1, 4 })
            {
                (loss, gradient) = HuberLoop.TryRun(x, target, mean, delta, 1)!.Value;
                (expected, slope) = Aten.huber_loss_and_gradient(doubles, wide, reduction, delta);
                Close.To(expected, loss, 1e-6);
                Close.To(slope, gradient, 1e-6);
                (loss, gradient) = HuberLoop.TryRun(x, target, mean, delta, 1 / delta)!.Value;
                (expected, slope) = Aten.smooth_l1_loss_and_gradient(doubles, wide, reduction, delta);
                Close.To(expected, loss, 1e-6);
                Close.To(slope, gradient, 1e-6);
            }
        }

        Assert.Equal(["huber", "squared_error", "sum_result"], device.Launched.Distinct().Order());
    }

    [EmulatedFact]
    public void Errors_of_numbers_that_are_none_or_infinite()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var emulated = EmulatedDevice.Begin(out _);
        var x = tensor(new[] { 1, float.NaN, float.PositiveInfinity, float.NegativeInfinity });
        var (loss, gradient) = HuberLoop.TryRun(x, zeros(4), false, 1, 1)!.Value;
        Assert.True(float.IsNaN(loss.ToSingle()));
        Assert.Equal([1, float.NaN, 1, -1], gradient.data<float>().ToArray());
        (loss, gradient) = SquaredErrorLoop.TryRun(x, zeros(4), false)!.Value;
        Assert.True(float.IsNaN(loss.ToSingle()));
        Assert.Equal([2, float.NaN, float.PositiveInfinity, float.NegativeInfinity], gradient.data<float>().ToArray());
    }
}
