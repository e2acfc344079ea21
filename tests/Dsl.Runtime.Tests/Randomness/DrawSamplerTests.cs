using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Randomness;

/// <summary>The distributions of what a step draws.</summary>
public class DrawSamplerTests
{
    private const long Count = 40_000;

    [Theory]
    [InlineData(0.01, 0.01)]
    [InlineData(0.2, 0.2)]
    [InlineData(1, 1)]
    [InlineData(0.75, 0.75)]
    [InlineData(8, 8)]
    [InlineData(500, 500)]
    [InlineData(0.5, 3)]
    [InlineData(5, 2)]
    public void Beta(double alpha, double beta)
    {
        var random = new HostRandom(1);
        double[] numbers = [.. Enumerable.Range(0, (int)Count).Select(_ => random.Beta(alpha, beta))];
        double mean = numbers.Average(), variance = numbers.Average(x => (x - mean) * (x - mean));
        double expected = alpha / (alpha + beta);
        double expectedVariance = alpha * beta / ((alpha + beta) * (alpha + beta) * (alpha + beta + 1));
        Assert.All(numbers, number => Assert.InRange(number, 0, 1));

        // Four standard errors of the mean; the variance of a variance is at most that of a coin's.
        Assert.InRange(mean - expected, -4 * Math.Sqrt(expectedVariance / Count), 4 * Math.Sqrt(expectedVariance / Count));
        Assert.InRange(variance / expectedVariance, 0.95, 1.05);

        // The third moment tells skew distributions apart: E x³ = Π (α + k)/(α + β + k).
        double third = alpha * (alpha + 1) * (alpha + 2) / ((alpha + beta) * (alpha + beta + 1) * (alpha + beta + 2));
        Assert.InRange(numbers.Average(x => x * x * x) / third, 0.95, 1.05);
    }

    [Fact]
    public void Beta_of_1_and_1_is_even()
    {
        var random = new HostRandom(2);
        double[] numbers = [.. Enumerable.Range(0, (int)Count).Select(_ => random.Beta(1, 1)).Order()];

        // Kolmogorov and Smirnov: a distance of 1.95/√n has probability 0.001.
        double distance = numbers.Select((number, i) => Math.Abs(number - ((i + 0.5) / Count))).Max();
        Assert.True(distance < 1.95 / Math.Sqrt(Count), $"distance {distance}");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    [InlineData(double.NaN, 1)]
    public void Beta_has_shapes_above_0(double alpha, double beta) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HostRandom(1).Beta(alpha, beta));

    [Fact]
    public void Every_permutation_is_as_likely()
    {
        var counts = new Dictionary<string, int>();
        using var stream = new RandomStream(3, "test");
        for (int step = 0; step < 6000; step++)
        {
            using var permutation = new DrawSampler(stream, step, ScalarType.Float32, CPU).Permutation(3);
            string order = string.Join(" ", permutation.data<long>());
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        // 1,000 each are expected; 29 is the standard deviation.
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 880, 1120));
    }

    [Fact]
    public void Uniform_numbers_fill_their_interval() => Sample(sampler =>
    {
        var numbers = sampler.Uniform(-2, 6, Count);
        Assert.InRange(numbers.min().ToDouble(), -2, -1.99);
        Assert.InRange(numbers.max().ToDouble(), 5.99, 6);
        Assert.InRange(numbers.mean().ToDouble(), 1.95, 2.05);
        Assert.InRange(numbers.std().ToDouble(), 8 / Math.Sqrt(12) * 0.99, 8 / Math.Sqrt(12) * 1.01);
    });

    [Fact]
    public void Normal_numbers() => Sample(sampler =>
    {
        var numbers = sampler.Normal(Count);
        Assert.InRange(numbers.mean().ToDouble(), -0.02, 0.02);
        Assert.InRange(numbers.std().ToDouble(), 0.98, 1.02);
        Assert.InRange(numbers.abs().lt(1).to(ScalarType.Float64).mean().ToDouble(), 0.672, 0.693);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(1)]
    public void Events(double probability) => Sample(sampler =>
    {
        var happened = sampler.Events(probability, Count, 2);
        Assert.Equal(ScalarType.Bool, happened.dtype);
        double share = happened.to(ScalarType.Float64).mean().ToDouble();
        Assert.InRange(share, probability - 0.008, probability + 0.008);
        if (probability is 0 or 1) Assert.Equal(probability, share);
    });

    [Fact]
    public void Integers_below_their_bound() => Sample(sampler =>
    {
        var numbers = sampler.Integers(5, Count);
        for (int i = 0; i < 5; i++) Assert.InRange(numbers.eq(i).to(ScalarType.Float64).mean().ToDouble(), 0.19, 0.21);
    });

    [Fact]
    public void A_step_draws_what_it_drew_before()
    {
        using var stream = new RandomStream(7, "test");
        double[] first = Draws(3), other = Draws(4), again = Draws(3);
        Assert.Equal(first, again);
        Assert.All(first.Zip(other), pair => Assert.NotEqual(pair.First, pair.Second));

        double[] Draws(long step)
        {
            using var scope = NewDisposeScope();
            var sampler = new DrawSampler(stream, step, ScalarType.Float64, CPU);
            return [sampler.Beta(0.3, 0.3).ToDouble(), sampler.Uniform(0, 1, 1).ToDouble(), sampler.Normal(1).ToDouble(),
                sampler.Beta(0.3, 0.3).ToDouble()];
        }
    }

    private static void Sample(Action<DrawSampler> check)
    {
        using var stream = new RandomStream(5, "test");
        using var scope = NewDisposeScope();
        check(new DrawSampler(stream, 0, ScalarType.Float32, CPU));
    }
}
