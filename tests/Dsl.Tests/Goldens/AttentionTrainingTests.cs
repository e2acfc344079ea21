using Dsl.Runtime;
using Dsl.Tests.Attention;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Transformers in trainers: both targets take the same steps, and what needs attention is learnt.</summary>
public class AttentionTrainingTests
{
    [Fact]
    public void Attention_finds_the_place_before()
    {
        using var generator = new Generator(2);
        using var first = new RecallExplicit(new Recall(new Generator(1)));
        using var second = new RecallAutograd(new Recall(new Generator(1)));
        double loss = 0;
        for (int step = 0; step < 150; step++)
        {
            var tokens = randint(0, 6, new long[] { 16, 8 }, ScalarType.Int64, generator: generator);
            var label = tokens.roll(1, 1);
            label.select(1, 0).fill_(-100);
            loss = first.Step(new(tokens, label)).Total.ToDouble();
            double other = second.Step(new(tokens, label)).Total.ToDouble();
            if (step < 10) Assert.Equal(other, loss, 1e-4 * other);
        }

        // Who looks at no other place cannot do better than ln 6 = 1.79.
        Assert.InRange(loss, 0, 0.05);
    }

    [Fact]
    public void Both_targets_train_a_decoder_with_dropout_alike()
    {
        using var generator = new Generator(2);
        using var first = new CopyingExplicit(new Copying(new Generator(1)));
        using var second = new CopyingAutograd(new Copying(new Generator(1)));
        for (int step = 0; step < 10; step++)
        {
            var source = randint(0, 6, new long[] { 4, 5 }, ScalarType.Int64, generator: generator);
            var target = randint(0, 6, new long[] { 4, 3 }, ScalarType.Int64, generator: generator);
            var label = source.narrow(1, 0, 3).contiguous();
            double expected = second.Step(new(source, target, label)).Total.ToDouble();
            Assert.Equal(expected, first.Step(new(source, target, label)).Total.ToDouble(), 1e-4 * expected);
        }

        Close.To(second.Model.Arena.Values, first.Model.Arena.Values, "parameters after ten steps");
    }

    [Fact]
    public void An_embedding_shares_its_weight_with_the_output()
    {
        using var generator = new Generator(2);
        using var first = new TiedExplicit(new Tied(new Generator(1)));
        using var second = new TiedAutograd(new Tied(new Generator(1)));
        Assert.Equal(6 * 8 + 6 + (3 * 8 * 8) + (3 * 8) + (8 * 8) + 8, Tied.ParameterCount);
        Assert.Equal(0, first.Model.Embedding0Weight.select(0, 0).abs().max().ToDouble());
        for (int step = 0; step < 3; step++)
        {
            var tokens = randint(0, 6, new long[] { 5, 4 }, ScalarType.Int64, generator: generator);
            first.Step(new(tokens, tokens));
            second.Step(new(tokens, tokens));
        }

        Close.To(second.Model.Arena.Values, first.Model.Arena.Values, "parameters after three steps");
    }

    [Fact]
    public void Frozen_attention_has_no_gradient_and_lets_it_through()
    {
        using var generator = new Generator(6);
        using var fixedPart = new OnFrozen(generator).to(ScalarType.Float64);
        Assert.Equal(8 * 4 + 4, OnFrozen.TrainableParameterCount);
        BothTargets.Agree(fixedPart, new OnFrozen.Tape { ForInputGradient = true },
            randn([3, 5, 8], ScalarType.Float64, generator: generator));
        using var behind = new ThroughFrozen(generator).to(ScalarType.Float64);
        BothTargets.Agree(behind, new ThroughFrozen.Tape(), randn([3, 5, 8], ScalarType.Float64, generator: generator));
    }
}
