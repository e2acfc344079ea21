using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Training;

public sealed class BestWeightsTests
{
    [Theory]
    [InlineData(true, new[] { 0.5, 0.6, 0.55, 0.6, 0.61 }, new[] { true, true, false, false, true })]
    [InlineData(false, new[] { 0.5, 0.6, 0.5, 0.4, double.NaN }, new[] { true, false, false, true, false })]
    [InlineData(false, new[] { double.NaN, 3, 2, double.PositiveInfinity }, new[] { false, true, true, false })]
    [InlineData(true, new[] { double.NegativeInfinity, -1.0 }, new[] { true, true })]
    public void What_counts_as_an_improvement(bool higherIsBetter, double[] values, bool[] improvements)
    {
        using var network = nn.Linear(2, 2);
        using var best = new BestWeights(("model", network));
        Assert.Equal(improvements, values.Select(value => best.Observe(value, higherIsBetter, 0)));
    }

    [Fact]
    public void The_least_improvement_is_measured_from_the_best()
    {
        using var network = nn.Linear(2, 2);
        using var best = new BestWeights(("model", network));
        double[] values = [1, 0.95, 0.92, 0.89];
        Assert.Equal([true, false, false, true], values.Select(value => best.Observe(value, false, 0.1)));
        Assert.Equal(0.89, best.Best);
    }

    [Fact]
    public void The_best_weights_come_back()
    {
        using var network = nn.Linear(2, 2);
        using var best = new BestWeights(("model", network));
        using var first = network.weight!.clone();
        best.Observe(0.9, true, 0);
        using (no_grad()) network.weight!.fill_(7);
        best.Observe(0.8, true, 0);
        best.Observe(0.7, true, 0);
        Assert.Equal(2, best.EvaluationsWithoutImprovement);
        best.Restore();
        Assert.True(first.Equals(network.weight!));
    }

    [Fact]
    public void Without_an_evaluation_nothing_is_restored()
    {
        using var network = nn.Linear(2, 2);
        using var best = new BestWeights(("model", network));
        using var before = network.weight!.clone();
        best.Restore();
        Assert.True(before.Equals(network.weight!));
        Assert.True(double.IsNaN(best.Best));
    }

    [Fact]
    public void A_checkpoint_holds_the_weights_and_the_record()
    {
        using var network = nn.Linear(2, 2);
        using var best = new BestWeights(("model", network));
        best.Observe(0.9, true, 0);
        best.Observe(0.1, true, 0);
        var state = new Dictionary<string, Tensor>();
        best.AddTo(state);
        Assert.Equal(["best.model.bias", "best.model.weight", "best.record"], state.Keys.Order(StringComparer.Ordinal));

        using var other = new BestWeights(("model", network));
        var target = new Dictionary<string, Tensor>();
        other.AddTo(target);
        foreach (var (name, tensor) in target) tensor.copy_(state[name]);
        Assert.Equal(0.9, other.Best);
        Assert.Equal(1, other.EvaluationsWithoutImprovement);
    }
}
