using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Data;

public class ClassSamplerTests
{
    // Five samples of class 7, three of 2, two of 4, one of 9, and two of none.
    private static readonly long[] Labels = [7, 2, 7, 9, 4, 7, -100, 2, 7, 4, 2, 7, -100];

    [Fact]
    public void A_batch_has_some_classes_and_as_many_samples_of_each()
    {
        using var data = Data();
        using var sampler = new ClassSampler(data, batchSize: 4, samplesPerClass: 2, seed: 3);
        Assert.Equal(3, sampler.BatchesPerEpoch);
        var seen = new HashSet<long>();
        for (long step = 0; step < 40; step++)
        {
            using var batch = sampler.Indices(step);
            long[] places = batch.data<long>().ToArray(), classes = [.. places.Select(place => Labels[place])];
            Assert.Equal(4, places.Distinct().Count());
            Assert.Equal(classes[0], classes[1]);
            Assert.Equal(classes[2], classes[3]);
            Assert.NotEqual(classes[0], classes[2]);
            seen.UnionWith(places);
        }

        // All but the single one of its class and those of none.
        Assert.Equal([0, 1, 2, 4, 5, 7, 8, 9, 10, 11], seen.Order());
    }

    [Fact]
    public void Order_is_a_function_of_seed_and_step()
    {
        using var data = Data();
        using var first = new ClassSampler(data, 4, 2, seed: 3);
        using var again = new ClassSampler(data, 4, 2, seed: 3);
        using var other = new ClassSampler(data, 4, 2, seed: 4);
        Assert.Equal(Batches(first), Batches(again));
        Assert.NotEqual(Batches(first), Batches(other));

        static long[] Batches(ClassSampler sampler) =>
            [.. Enumerable.Range(0, 9).Reverse().SelectMany(step => sampler.Indices(step).data<long>().ToArray())];
    }

    [Fact]
    public void Samples_of_a_small_class_come_more_than_once()
    {
        using var data = Data();
        using var sampler = new ClassSampler(data, batchSize: 12, samplesPerClass: 4, seed: 0);
        using var batch = sampler.Indices(0);
        var classes = batch.data<long>().ToArray().GroupBy(place => Labels[place])
            .ToDictionary(group => group.Key, group => group.ToArray());
        Assert.Equal([2, 4, 7], classes.Keys.Order());
        Assert.All(classes.Values, places => Assert.Equal(4, places.Length));
        Assert.Equal(4, classes[7].Distinct().Count());
        Assert.Equal(2, classes[4].Distinct().Count());
    }

    [Fact]
    public void What_does_not_fit_is_refused_in_words()
    {
        using var data = Data();
        Assert.Contains("only 3 classes", Assert.Throws<DataMismatchException>(() => new ClassSampler(data, 8, 2, 0)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassSampler(data, 5, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClassSampler(data, 2, 2, 0));
        using var real = new InMemoryData(zeros(4, 2), zeros(4, 1));
        Assert.Contains("[SamplesPerClass]", Assert.Throws<DataMismatchException>(() => new ClassSampler(real, 4, 2, 0)).Message,
            StringComparison.Ordinal);
    }

    private static InMemoryData Data() => new(zeros(Labels.Length, 2), tensor(Labels));
}
