using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Oracles;

/// <summary>The explicit backward pass against autograd, and both against central differences in float64.</summary>
public class GradientOracleTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 2)]
    [InlineData(16, 3)]
    [InlineData(33, 4)]
    public void Explicit_equals_autograd_on_random_batches(int samples, int seed)
    {
        manual_seed(seed);
        using var first = new ExplicitDistill(Model(seed), Model(seed + 100));
        using var second = new AutogradDistill(Model(seed), Model(seed + 100));
        var input = randn(samples, 2, 10, 10);
        var label = randint(0, 7, new long[] { samples }, ScalarType.Int64);
        for (int step = 0; step < 3; step++)
        {
            var losses = first.ComputeGradients(new(input, label), new());
            var expected = second.ComputeGradients(new(input, label), new());
            Close.To(expected.Total, losses.Total, "total");
            Close.To(expected.Distill, losses.Distill, "distill");
            Close.To(expected.CrossEntropy, losses.CrossEntropy, "cross-entropy");
            Close.To(second.Model.Arena.Gradients, first.Model.Arena.Gradients, "gradients", 1e-4);
            foreach (var ((name, buffer), (_, other)) in first.Model.named_buffers().Zip(second.Model.named_buffers()))
                Close.To(other, buffer, name);

            // The same step from the same place: rounding of one step must not decide the next comparison.
            first.ApplyGradients();
            second.ApplyGradients();
            using (no_grad()) second.Model.Arena.Values.copy_(first.Model.Arena.Values);
        }
    }

    [Fact]
    public void Explicit_equals_autograd_over_a_run_of_mean_teacher()
    {
        using var first = new ExplicitMeanTeacher(Model(1));
        using var second = new AutogradMeanTeacher(Model(1));
        manual_seed(9);
        for (int step = 0; step < 4; step++)
        {
            var input = randn(8, 2, 10, 10);
            var label = randint(0, 7, new long[] { 8 }, ScalarType.Int64);
            var unlabeled = randn(12, 2, 10, 10);
            using var draws = first.SampleDraws(new(input, label, unlabeled));
            var losses = first.Step(new(input, label, unlabeled), draws);
            var expected = second.Step(
                new(input, label, unlabeled), new(draws.InputShift, draws.StudentShift, draws.TeacherShift));
            Close.To(expected.Total, losses.Total, "total", 1e-4);
            Close.To(second.Model.Arena.Values, first.Model.Arena.Values, "parameters", 1e-4);
            Close.To(second.Teacher.Arena.Values, first.Teacher.Arena.Values, "teacher", 1e-4);
        }
    }

    [Fact]
    public void Gradients_equal_central_differences()
    {
        using var model = Model(3).to(ScalarType.Float64);
        using var teacher = Model(4).to(ScalarType.Float64);
        using var trainer = new ExplicitDistill(model, teacher);
        manual_seed(7);
        var batch = new ExplicitDistill.Batch(
            randn([6, 2, 10, 10], ScalarType.Float64), randint(0, 7, new long[] { 6 }, ScalarType.Int64));
        CheckDifferences(model, () => trainer.ComputeGradients(batch, new()).Total.ToDouble());
    }

    [Fact]
    public void Gradients_of_the_consistency_term_equal_central_differences()
    {
        using var model = Model(3).to(ScalarType.Float64);
        using var trainer = new ExplicitMeanTeacher(model);
        manual_seed(8);
        var batch = new ExplicitMeanTeacher.Batch(randn([5, 2, 10, 10], ScalarType.Float64),
            randint(0, 7, new long[] { 5 }, ScalarType.Int64), randn([6, 2, 10, 10], ScalarType.Float64));
        using var draws = trainer.SampleDraws(batch);
        CheckDifferences(model, () => trainer.ComputeGradients(batch, draws).Total.ToDouble());
    }

    [Fact]
    public void Input_gradient_equals_central_differences()
    {
        using var model = new Layers.Cnn().to(ScalarType.Float64);
        manual_seed(2);
        var input = randn([3, 1, 8, 8], ScalarType.Float64);
        var weight = randn([3, 10], ScalarType.Float64);
        using var tape = new Layers.Cnn.Tape();
        model.Forward(input, tape);
        var gradient = model.Backward(tape, weight, inputGradient: true)!.flatten();
        double Loss()
        {
            using var output = model.Forward(input, tape);
            return (output * weight).sum().ToDouble();
        }

        Differences(input.flatten(), gradient, Loss);
    }

    private static Everything Model(int seed)
    {
        using var generator = new Generator((ulong)seed);
        return new Everything(generator);
    }

    private static void CheckDifferences(Everything model, Func<double> loss)
    {
        loss();
        using var gradients = model.Arena.Gradients.clone();
        Differences(model.Arena.Values, gradients, loss);
    }

    /// <summary>Compares some fifty derivatives with (f(x + h) − f(x − h)) / 2h.</summary>
    internal static void Differences(Tensor flat, Tensor gradients, Func<double> loss)
    {
        using var noGrad = no_grad();
        const double h = 1e-6;
        double scale = gradients.abs().max().ToDouble();
        long stride = Math.Max(1, flat.numel() / 53);
        for (long i = 0; i < flat.numel(); i += stride)
        {
            double value = flat[i].ToDouble();
            flat.narrow(0, i, 1).fill_(value + h);
            double above = loss();
            flat.narrow(0, i, 1).fill_(value - h);
            double below = loss();
            flat.narrow(0, i, 1).fill_(value);
            double expected = (above - below) / (2 * h), actual = gradients[i].ToDouble();
            Assert.True(Math.Abs(expected - actual) <= 1e-6 * Math.Max(scale, 1),
                $"element {i}: derivative {actual}, difference quotient {expected}");
        }
    }
}
