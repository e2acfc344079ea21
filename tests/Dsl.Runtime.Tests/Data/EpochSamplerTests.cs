using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Data;

public class EpochSamplerTests
{
    [Theory]
    [InlineData(10, 3, 4)]
    [InlineData(9, 3, 3)]
    [InlineData(1, 1, 1)]
    [InlineData(5, 8, 1)]
    public void An_epoch_reads_every_sample_once(long count, int batchSize, long batches)
    {
        using var sampler = new EpochSampler(count, batchSize, dropLast: false, seed: 1);
        Assert.Equal(batches, sampler.BatchesPerEpoch);
        for (long epoch = 0; epoch < 3; epoch++)
        {
            var read = Enumerable.Range(0, (int)batches).SelectMany(batch => Read(sampler, (epoch * batches) + batch));
            Assert.Equal(Range(count), read.Order());
        }
    }

    [Fact]
    public void Dropping_the_last_batch_leaves_full_ones_without_repetition()
    {
        using var sampler = new EpochSampler(11, 4, dropLast: true, seed: 1);
        Assert.Equal(2, sampler.BatchesPerEpoch);
        var first = Read(sampler, 0);
        var second = Read(sampler, 1);
        Assert.Equal(4, first.Length);
        Assert.Equal(8, first.Concat(second).Distinct().Count());
    }

    [Fact]
    public void Fewer_samples_than_a_batch_are_one_batch_even_when_the_last_is_dropped()
    {
        using var sampler = new EpochSampler(3, 8, dropLast: true, seed: 1);
        Assert.Equal(1, sampler.BatchesPerEpoch);
        Assert.Equal(Range(3), Read(sampler, 5).Order());
    }

    [Fact]
    public void A_step_reads_the_same_samples_whatever_was_read_before()
    {
        using var uninterrupted = new EpochSampler(20, 6, dropLast: false, seed: 3);
        var expected = Enumerable.Range(0, 12).Select(step => Read(uninterrupted, step)).ToArray();
        using var resumed = new EpochSampler(20, 6, dropLast: false, seed: 3);
        for (var step = 11; step >= 0; step--)
        {
            Assert.Equal(expected[step], Read(resumed, step));
        }
    }

    [Fact]
    public void Epochs_seeds_and_purposes_have_their_own_order()
    {
        using var sampler = new EpochSampler(100, 100, dropLast: false, seed: 3);
        using var otherSeed = new EpochSampler(100, 100, dropLast: false, seed: 4);
        using var otherPurpose = new EpochSampler(100, 100, dropLast: false, seed: 3, "unlabeled");
        long[][] orders = [Read(sampler, 0), Read(sampler, 1), Read(otherSeed, 0), Read(otherPurpose, 0)];
        Assert.Equal(orders.Length, orders.Select(order => string.Join(' ', order)).Distinct().Count());
    }

    [Fact]
    public void Indices_outlive_the_sampler_and_the_sampler_outlives_scopes()
    {
        var sampler = new EpochSampler(4, 2, dropLast: false, seed: 0);
        using (NewDisposeScope())
        {
            sampler.Indices(0);
        }

        using var indices = sampler.Indices(1);
        sampler.Dispose();
        Assert.All(indices.data<long>().ToArray(), index => Assert.InRange(index, 0, 3));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void No_samples_and_empty_batches_are_refused(long count, int batchSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EpochSampler(count, batchSize, dropLast: false, seed: 0));

    private static long[] Read(EpochSampler sampler, long step)
    {
        using var indices = sampler.Indices(step);
        return indices.data<long>().ToArray();
    }

    private static IEnumerable<long> Range(long count) => Enumerable.Range(0, (int)count).Select(index => (long)index);

    [Theory]
    [InlineData(17, 8, false, "of 17 samples batches of 8 leave one over")]
    [InlineData(5, 1, false, "batches have one")]
    [InlineData(1, 8, false, "batches have one")]
    [InlineData(17, 8, true, null)]
    [InlineData(16, 8, false, null)]
    [InlineData(18, 8, false, null)]
    public void A_last_batch_of_one_is_refused_where_that_is_asked_for(long count, int size, bool drops, string? message)
    {
        using var sampler = new EpochSampler(count, size, drops, 0);
        if (message is null) sampler.RequireCompany("'Net' normalises");
        else Assert.Contains(
            message, Assert.Throws<DataMismatchException>(() => sampler.RequireCompany("'Net' normalises")).Message);
    }
}
