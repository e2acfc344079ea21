using Dsl.Runtime;
using Dsl.Tests.Recurrences;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Recurrent layers against PyTorch: outputs, gradients of inputs and of every parameter, in both modes and both
/// targets.</summary>
public class RecurrenceGoldenTests
{
    [Fact] public void Rnn() => Check<Simple, Simple.Tape>("rnn");

    [Fact] public void Rnn_last_state() => Check<SimpleLast, SimpleLast.Tape>("rnn_last");

    [Fact] public void Rnn_without_bias() => Check<SimpleNoBias, SimpleNoBias.Tape>("rnn_no_bias");

    [Fact] public void Rnn_of_two_layers() => Check<SimpleTwoLayers, SimpleTwoLayers.Tape>("rnn_two_layers");

    [Fact] public void Rnn_of_two_layers_last_state() =>
        Check<SimpleTwoLayersLast, SimpleTwoLayersLast.Tape>("rnn_two_layers_last");

    [Fact] public void Rnn_in_both_directions() => Check<SimpleBidirectional, SimpleBidirectional.Tape>("rnn_bidirectional");

    [Fact]
    public void Rnn_in_both_directions_last_states() =>
        Check<SimpleBidirectionalLast, SimpleBidirectionalLast.Tape>("rnn_bidirectional_last");

    [Fact]
    public void Rnn_of_two_layers_in_both_directions() =>
        Check<SimpleBidirectionalTwoLayers, SimpleBidirectionalTwoLayers.Tape>("rnn_bidirectional_two_layers");

    [Fact]
    public void Rnn_of_two_layers_in_both_directions_last_states_without_bias() =>
        Check<SimpleBidirectionalTwoLayersLastNoBias,
        SimpleBidirectionalTwoLayersLastNoBias.Tape>("rnn_bidirectional_two_layers_last_no_bias");

    [Fact] public void Rnn_of_two_steps() => Check<SimpleTwoSteps, SimpleTwoSteps.Tape>("rnn_two_steps");

    [Fact] public void Lstm() => Check<Memory, Memory.Tape>("lstm");

    [Fact] public void Lstm_last_state() => Check<MemoryLast, MemoryLast.Tape>("lstm_last");

    [Fact] public void Lstm_without_bias() => Check<MemoryNoBias, MemoryNoBias.Tape>("lstm_no_bias");

    [Fact] public void Lstm_of_two_layers() => Check<MemoryTwoLayers, MemoryTwoLayers.Tape>("lstm_two_layers");

    [Fact] public void Lstm_of_two_layers_last_state() =>
        Check<MemoryTwoLayersLast, MemoryTwoLayersLast.Tape>("lstm_two_layers_last");

    [Fact] public void Lstm_in_both_directions() => Check<MemoryBidirectional, MemoryBidirectional.Tape>("lstm_bidirectional");

    [Fact]
    public void Lstm_in_both_directions_last_states() =>
        Check<MemoryBidirectionalLast, MemoryBidirectionalLast.Tape>("lstm_bidirectional_last");

    [Fact]
    public void Lstm_of_two_layers_in_both_directions() =>
        Check<MemoryBidirectionalTwoLayers, MemoryBidirectionalTwoLayers.Tape>("lstm_bidirectional_two_layers");

    [Fact]
    public void Lstm_of_two_layers_in_both_directions_last_states_without_bias() =>
        Check<MemoryBidirectionalTwoLayersLastNoBias,
        MemoryBidirectionalTwoLayersLastNoBias.Tape>("lstm_bidirectional_two_layers_last_no_bias");

    [Fact] public void Lstm_of_two_steps() => Check<MemoryTwoSteps, MemoryTwoSteps.Tape>("lstm_two_steps");

    [Fact] public void Gru() => Check<Gated, Gated.Tape>("gru");

    [Fact] public void Gru_last_state() => Check<GatedLast, GatedLast.Tape>("gru_last");

    [Fact] public void Gru_without_bias() => Check<GatedNoBias, GatedNoBias.Tape>("gru_no_bias");

    [Fact] public void Gru_of_two_layers() => Check<GatedTwoLayers, GatedTwoLayers.Tape>("gru_two_layers");

    [Fact] public void Gru_of_two_layers_last_state() =>
        Check<GatedTwoLayersLast, GatedTwoLayersLast.Tape>("gru_two_layers_last");

    [Fact] public void Gru_in_both_directions() => Check<GatedBidirectional, GatedBidirectional.Tape>("gru_bidirectional");

    [Fact] public void Gru_in_both_directions_last_states() =>
        Check<GatedBidirectionalLast, GatedBidirectionalLast.Tape>("gru_bidirectional_last");

    [Fact]
    public void Gru_of_two_layers_in_both_directions() =>
        Check<GatedBidirectionalTwoLayers, GatedBidirectionalTwoLayers.Tape>("gru_bidirectional_two_layers");

    [Fact]
    public void Gru_of_two_layers_in_both_directions_last_states_without_bias() =>
        Check<GatedBidirectionalTwoLayersLastNoBias,
        GatedBidirectionalTwoLayersLastNoBias.Tape>("gru_bidirectional_two_layers_last_no_bias");

    [Fact] public void Gru_of_two_steps() => Check<GatedTwoSteps, GatedTwoSteps.Tape>("gru_two_steps");

    [Fact] public void Rnn_with_relu() => Check<Rectified, Rectified.Tape>("rnn_relu");

    [Fact]
    public void Rnn_with_relu_of_two_layers_in_both_directions_last_states() =>
        Check<RectifiedBoth, RectifiedBoth.Tape>("rnn_relu_bidirectional_two_layers_last");

    [Fact]
    public void Parameters_start_from_the_size_of_the_state()
    {
        using var generator = new Generator(1);
        using var model = new DroppedTwice(generator);
        double bound = 1 / Math.Sqrt(8);
        foreach (var (name, parameter) in model.named_parameters())
        {
            double largest = parameter.abs().max().ToDouble();
            Assert.True(largest <= bound, $"{name}: {largest} is larger than {bound}");
            if (parameter.numel() > 100) Assert.True(largest > 0.9 * bound, $"{name}: {largest} is far from {bound}");
        }
    }

    private static void Check<TModel, TTape>(string name)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>, new()
        where TTape : class, IDisposable, new() =>
        LayerGoldenTests.Check<TModel, TTape>("recurrence/" + name);
}
