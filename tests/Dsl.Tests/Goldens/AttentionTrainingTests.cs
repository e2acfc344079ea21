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
}
