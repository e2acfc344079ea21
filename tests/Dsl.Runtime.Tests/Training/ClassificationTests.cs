using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Training;

public class ClassificationTests
{
    [Theory]
    [InlineData(512)]
    [InlineData(2)]
    public void Loss_and_accuracy_are_means_over_all_samples(int batchSize)
    {
        // The network returns its input. With logits (0, 0) the loss is ln 2, with a lead of 100 it is 0, and 100 when wrong.
        using var data = new InMemoryData(
            tensor([100f, 0f, 0f, 100f, 0f, 0f, 100f, 0f, 0f, 100f]).reshape(5, 2), tensor([0L, 1L, 0L, 1L, 1L]));
        using var network = new Identity();
        var evaluation = Classification.Evaluate(network, data, CPU, batchSize);
        Assert.Equal(5, evaluation.Count);
        Assert.Equal((100 + Math.Log(2)) / 5, evaluation.Loss, 1e-5);
        Assert.Equal(0.8, evaluation.Accuracy, 1e-12);
    }

    [Fact]
    public void Every_modules_mode_is_restored()
    {
        using var data = new InMemoryData(zeros(3, 2), zeros(3, ScalarType.Int64));
        using var network = new Identity();
        network.train();
        network.Frozen.eval();
        Classification.Evaluate(network, data, CPU);
        Assert.True(network.training);
        Assert.False(network.Frozen.training);
        Assert.Equal([false], network.ModesSeen);

        network.eval();
        Classification.Evaluate(network, data, CPU);
        Assert.False(network.training);
    }

    [Fact]
    public void Modes_are_restored_when_the_network_fails()
    {
        using var data = new InMemoryData(zeros(3), zeros(3, ScalarType.Int64));
        using var network = new Identity();
        network.train();
        var error = Assert.Throws<InvalidOperationException>(() => Classification.Evaluate(network, data, CPU));
        Assert.Contains("[3]", error.Message, StringComparison.Ordinal);
        Assert.True(network.training);
    }

    [Fact]
    public void No_gradient_is_recorded()
    {
        using var data = new InMemoryData(zeros(3, 2), zeros(3, ScalarType.Int64));
        using var network = new Identity();
        Classification.Evaluate(network, data, CPU);
        Assert.False(network.RecordedGradient);
        Assert.True(is_grad_enabled());
    }

    private sealed class Identity : nn.Module<Tensor, Tensor>
    {
        public Identity()
            : base(nameof(Identity)) => register_module("frozen", Frozen);

        public nn.Module Frozen { get; } = new LayerState("frozen");

        public List<bool> ModesSeen { get; } = [];

        public bool RecordedGradient { get; private set; }

        public override Tensor forward(Tensor input)
        {
            ModesSeen.Add(training);
            RecordedGradient |= is_grad_enabled();
            return input.alias();
        }
    }
}
