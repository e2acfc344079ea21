using Digits;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Samples;

/// <summary>The data that the sample and the recipes' tests train on.</summary>
public class HandwrittenDigitsTests
{
    [Fact]
    public void All_digits_are_there()
    {
        using var digits = HandwrittenDigits.Load();
        Assert.Equal([1797L, 1L, 8L, 8L], digits.Inputs.shape);
        Assert.Equal(0, digits.Inputs.min().ToDouble());
        Assert.Equal(1, digits.Inputs.max().ToDouble());
        // The sum of all pixels and of all labels in the published text.
        Assert.Equal(561718, digits.Inputs.sum(ScalarType.Float64).ToDouble() * 16, 1e-6);
        Assert.Equal(8070, digits.Labels.sum().ToInt64());
    }

    [Fact]
    public void A_split_leaves_500_images_for_testing_and_every_digit_in_both_parts()
    {
        var (train, test) = HandwrittenDigits.LoadSplit(seed: 0);
        using (train)
        using (test)
        {
            Assert.Equal((1297L, 500L), (train.Count, test.Count));
            var counts = test.Labels.data<long>().ToArray().CountBy(label => label).ToDictionary();
            Assert.Equal(HandwrittenDigits.Classes, counts.Count);
            Assert.All(counts.Values, count => Assert.InRange(count, 48, 51));
        }
    }

    [Fact]
    public void Fifty_labels_are_five_of_each_digit()
    {
        using var digits = HandwrittenDigits.Load();
        using var labeled = digits.BalancedSubset(50, seed: 0);
        Assert.All(labeled.Labels.data<long>().ToArray().CountBy(label => label), pair => Assert.Equal(5, pair.Value));
    }
}
