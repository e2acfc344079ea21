using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Data;

public class ClassFrequencySamplerTests
{
    // 64 samples of class 0, 16 of class 3, 4 of class 5, and two of none.
    private static readonly long[] Labels =
        [.. Enumerable.Repeat(0L, 64), -100, .. Enumerable.Repeat(3L, 16), -100, .. Enumerable.Repeat(5L, 4)];

    [Theory]
    [InlineData(1, new[] { 64 / 84.0, 16 / 84.0, 4 / 84.0 })]
    [InlineData(0.5, new[] { 8 / 14.0, 4 / 14.0, 2 / 14.0 })]
    [InlineData(0, new[] { 1 / 3.0, 1 / 3.0, 1 / 3.0 })]
    public void Classes_come_by_a_power_of_their_sizes(double exponent, double[] shares)
    {
        using var data = Data();
        using var sampler = new ClassFrequencySampler(data, 100, exponent, dropLast: false, seed: 3);
        Assert.All(sampler.Probabilities.Zip(shares), pair => Assert.Equal(pair.Second, pair.First, 12));
        long[] places = [.. Enumerable.Range(0, 300).SelectMany(step => Places(sampler, step))];
        var classes = places.GroupBy(place => Labels[place]).ToDictionary(group => group.Key, group => group.ToArray());
        Assert.Equal([0, 3, 5], classes.Keys.Order());
        foreach (var (label, share) in new long[] { 0, 3, 5 }.Zip(shares))
        {
            // Six deviations of a binomial of 30,000.
            Assert.Equal(share, classes[label].Length / 30_000.0, 6 * Math.Sqrt(share * (1 - share) / 30_000));

            // Each sample of a class as often as the others.
            var counts = classes[label].GroupBy(place => place).Select(group => group.Count()).ToList();
            Assert.Equal(Labels.Count(other => other == label), counts.Count);
            double mean = counts.Average();
            Assert.All(counts, count => Assert.InRange(count, mean - (6 * Math.Sqrt(mean)), mean + (6 * Math.Sqrt(mean))));
        }
    }

    [Fact]
    public void A_progressive_run_goes_from_instances_to_classes()
    {
        using var data = Data();
        double progress = 0;
        using var sampler = new ClassFrequencySampler(data, 10, 0, dropLast: false, seed: 3, () => progress);
        Assert.Equal(64 / 84.0, sampler.Probabilities[0], 12);
        progress = 0.25;
        Assert.Equal((0.75 * 64 / 84) + (0.25 / 3), sampler.Probabilities[0], 12);
        progress = 1;
        Assert.All(sampler.Probabilities, share => Assert.Equal(1 / 3.0, share, 12));
    }

    [Fact]
    public void Order_is_a_function_of_seed_and_step()
    {
        using var data = Data();
        using var first = new ClassFrequencySampler(data, 16, 0, dropLast: false, seed: 3);
        using var again = new ClassFrequencySampler(data, 16, 0, dropLast: false, seed: 3);
        using var other = new ClassFrequencySampler(data, 16, 0, dropLast: false, seed: 4);
        Assert.Equal(Places(first, 7), Places(again, 7));
        Assert.NotEqual(Places(first, 7), Places(first, 8));
        Assert.NotEqual(Places(first, 7), Places(other, 7));
    }

    [Fact]
    public void An_epoch_is_as_long_as_one_of_all_samples()
    {
        using var data = Data();
        using var whole = new ClassFrequencySampler(data, 16, 0, dropLast: false, seed: 3);
        using var full = new ClassFrequencySampler(data, 16, 0, dropLast: true, seed: 3);
        Assert.Equal((6, 5), (whole.BatchesPerEpoch, full.BatchesPerEpoch));
    }

    [Fact]
    public void Data_that_do_not_fit_are_told()
    {
        using var none = new InMemoryData(zeros(3, 2), full([3], -100L, ScalarType.Int64));
        Assert.Contains("every label is -100", Assert.Throws<DataMismatchException>(
            () => new ClassFrequencySampler(none, 4, 0, false, 1)).Message, StringComparison.Ordinal);
        using var real = new InMemoryData(zeros(3, 2), zeros(3));
        Assert.Contains("[ClassSampling]", Assert.Throws<DataMismatchException>(
            () => new ClassFrequencySampler(real, 4, 0, false, 1)).Message, StringComparison.Ordinal);
        using var data = Data();
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassFrequencySampler(data, 4, 1.5, false, 1));
    }

    private static long[] Places(ClassFrequencySampler sampler, long step)
    {
        using var batch = sampler.Indices(step);
        return batch.data<long>().ToArray();
    }

    private static InMemoryData Data() => new(zeros(Labels.Length, 2), tensor(Labels));
}
