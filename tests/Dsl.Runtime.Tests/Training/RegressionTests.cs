using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Training;

public class RegressionTests
{
    [Fact]
    public void The_mean_of_each_output_explains_nothing()
    {
        // Each column's mean is predicted. Over both columns together 0.9997 of the variance would be "explained".
        var evaluation = Evaluate(
            tensor(new double[,] { { 2, 102 }, { 2, 102 }, { 2, 102 } }),
            tensor(new double[,] { { 1, 101 }, { 2, 102 }, { 3, 103 } }));
        Assert.Equal(0, evaluation.Determination, 12);
        Assert.Equal(2 / 3.0, evaluation.MeanSquaredError, 12);
        Assert.Equal(6, evaluation.Count);
    }

    [Fact]
    public void Outputs_count_alike_however_much_they_vary()
    {
        // The first is predicted exactly, of the second the mean: 1 and 0.
        var evaluation = Evaluate(
            tensor(new double[,] { { 1, 20 }, { 2, 20 }, { 3, 20 } }), tensor(new double[,] { { 1, 10 }, { 2, 20 }, { 3, 30 } }));
        Assert.Equal(0.5, evaluation.Determination, 12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(-5.1608)]
    [InlineData(1234.567)]
    [InlineData(3.7)]
    public void Targets_that_do_not_vary_have_no_variance_to_explain(double target)
    {
        Assert.True(double.IsNaN(Evaluate(zeros(7, 1), full([7, 1], target)).Determination));

        // The one that does not vary says nothing; the other is predicted exactly.
        var varying = arange(7, ScalarType.Float64);
        Assert.Equal(1,
            Evaluate(stack([varying, varying], 1), stack([varying, full([7], target, ScalarType.Float64)], 1)).Determination, 12);
    }

    [Fact]
    public void Large_targets_keep_their_digits()
    {
        var targets = tensor(new[] { 1.6e9, 1.6e9 + 10, 1.6e9 + 20, 1.6e9 + 30 });
        var evaluation = Evaluate(full([4, 1], 1.6e9, ScalarType.Float64).to(ScalarType.Float32), targets);
        Assert.Equal(350, evaluation.MeanSquaredError, 9);
        Assert.Equal(15, evaluation.MeanAbsoluteError, 9);

        // 1 − 1400/500: the errors' squares and the targets' around their mean.
        Assert.Equal(-1.8, evaluation.Determination, 9);
    }

    [Fact]
    public void Nothing_is_said_to_be()
    {
        using var data = new InMemoryData(full([4, 1], -3f), tensor(new long[] { 1, 0, 1, 0 }));
        using var network = new Echo();
        var evaluation = BinaryClassification.Evaluate(network, data, CPU);
        Assert.True(double.IsNaN(evaluation.Precision));
        Assert.Equal(0, evaluation.Recall);
        Assert.Equal(0, evaluation.F1);
    }

    [Theory]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(0, double.NaN, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(double.NaN, double.NaN, double.NaN)]
    [InlineData(0.5, 0.25, 1 / 3.0)]
    [InlineData(1, 1, 1)]
    public void The_harmonic_mean_of_precision_and_recall(double precision, double recall, double expected) =>
        Assert.Equal(expected, new BinaryEvaluation(0, 0, precision, recall, 4).F1, 12);

    private static RegressionEvaluation Evaluate(Tensor predictions, Tensor targets)
    {
        using var data = new InMemoryData(predictions, targets);
        using var network = new Echo();
        return Regression.Evaluate(network, data, CPU, 2);
    }

    private sealed class Echo() : nn.Module<Tensor, Tensor>("echo")
    {
        public override Tensor forward(Tensor input) => input.alias();
    }
}
