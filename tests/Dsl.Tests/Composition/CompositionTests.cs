using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Composition;

/// <summary>Blocks, residuals, tags: parameter counts and names as in PyTorch, gradients in both targets.</summary>
public class CompositionTests
{
    [Fact]
    public void ResNet18_has_the_published_number_of_parameters() => Assert.Equal(11_173_962, ResNet18.ParameterCount);

    [Fact]
    public void Parameters_are_named_as_in_nested_sequentials()
    {
        using var model = new SmallResNet();
        string[] expected =
        [
            "0.weight", "0.bias", "1.0.weight", "1.1.weight", "1.1.bias", "1.3.weight", "1.4.weight", "1.4.bias",
            "2.0.weight", "2.1.weight", "2.1.bias", "2.3.weight", "2.4.weight", "2.4.bias", "2.5.0.weight", "2.5.1.weight",
            "2.5.1.bias",
            "4.weight", "4.bias",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal),
            model.named_parameters().Select(parameter => parameter.name).Order(StringComparer.Ordinal));
        Assert.Contains("2.5.1.running_mean", model.state_dict().Keys);
    }

    [Fact]
    public void A_block_that_is_used_twice_has_parameters_of_its_own_each_time()
    {
        using var model = new ResNet18();
        Assert.False(model.Block3.Conv2d0Weight.Equals(model.Block4.Conv2d0Weight));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void Residuals_have_the_same_gradients_in_both_targets(int samples)
    {
        using var first = new ResNetExplicit(Seeded(1, generator => new SmallResNet(generator)));
        using var second = new ResNetAutograd(Seeded(1, generator => new SmallResNet(generator)));
        manual_seed(samples);
        var input = randn(samples, 2, 8, 8);
        var label = randint(0, 5, new long[] { samples }, ScalarType.Int64);
        Close.To(second.ComputeGradients(new(input, label), new()).Total,
            first.ComputeGradients(new(input, label), new()).Total, "loss");
        Close.To(second.Model.Arena.Gradients, first.Model.Arena.Gradients, "gradients", 1e-4);
    }

    [Fact]
    public void Reused_values_have_the_same_gradients_in_both_targets_and_as_central_differences()
    {
        using var first = new ReuseExplicit(Seeded(2, generator => new Reuse(generator)).to(ScalarType.Float64));
        using var second = new ReuseAutograd(Seeded(2, generator => new Reuse(generator)).to(ScalarType.Float64));
        manual_seed(5);
        var input = randn([6, 2, 6, 6], ScalarType.Float64);
        var label = randint(0, 5, new long[] { 6 }, ScalarType.Int64);
        first.ComputeGradients(new(input, label), new());
        second.ComputeGradients(new(input, label), new());
        Close.To(second.Model.Arena.Gradients, first.Model.Arena.Gradients, "gradients", 1e-9);
        using var gradients = first.Model.Arena.Gradients.clone();
        Oracles.GradientOracleTests.Differences(
            first.Model.Arena.Values, gradients, () => first.ComputeGradients(new(input, label), new()).Total.ToDouble());
    }

    [Fact]
    public void Input_gradient_flows_through_both_arms_of_a_residual()
    {
        using var model = Seeded(3, generator => new SmallResNet(generator));
        manual_seed(6);
        var input = randn(4, 2, 8, 8);
        using var tape = new SmallResNet.Tape();
        model.Forward(input, tape);
        var actual = model.Backward(tape, ones(4, 5), inputGradient: true)!;

        using var other = Seeded(3, generator => new SmallResNet(generator));
        var leaf = input.clone().requires_grad_();
        other.forward(leaf).sum().backward();
        Close.To(leaf.grad!, actual, "input gradient", 1e-4);
    }

    private static T Seeded<T>(int seed, Func<Generator, T> create)
    {
        using var generator = new Generator((ulong)seed);
        return create(generator);
    }
}
