using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests;

public class ReservoirTests
{
    /// <summary>Of 20 samples that come in two parts each one is kept with probability 5/20: of 4,000 reservoirs 1,000 have it,
    /// with a deviation of 27.</summary>
    [Fact]
    public void Every_sample_is_kept_with_the_same_probability()
    {
        using var first = Data(0, 8);
        using var second = Data(8, 20);
        var kept = new int[20];
        for (int seed = 0; seed < 4000; seed++)
        {
            using var reservoir = Empty(5);
            reservoir.Add(first, seed);
            reservoir.Add(second, seed);
            Assert.Equal(5, reservoir.Count);
            foreach (long sample in reservoir.Labels.data<long>()) kept[sample]++;
        }

        Assert.All(kept, count => Assert.InRange(count, 1000 - 135, 1000 + 135));
    }

    [Fact]
    public void Inputs_stay_with_their_labels()
    {
        using var data = Data(0, 50);
        using var reservoir = Empty(7);
        reservoir.Add(data, seed: 3);
        Assert.Equal(50, reservoir.Offered.item<long>());
        using var inputs = reservoir.WithInputs(Data(100, 102).Inputs, samples: 4, seed: 3, step: 6);
        using var labels = reservoir.WithLabels(Data(100, 102).Labels, step: 6);
        Assert.Equal([6L, 2L], inputs.shape);
        float[] expected = [.. labels.data<long>().SelectMany(label => new[] { (float)label, -label })];
        Assert.Equal(expected, inputs.data<float>());
        Assert.Equal([100L, 101L], labels.data<long>().Take(2));
        Assert.Equal(6, labels.data<long>().Distinct().Count());
    }

    [Fact]
    public void The_draw_depends_on_the_step_and_the_seed_alone()
    {
        using var data = Data(0, 50);
        using var reservoir = Empty(20);
        reservoir.Add(data, seed: 3);
        long[] Drawn(long seed, long step)
        {
            reservoir.WithInputs(Data(0, 2).Inputs, 5, seed, step).Dispose();
            return reservoir.WithLabels(Data(0, 2).Labels, step).data<long>().ToArray();
        }

        Assert.Equal(Drawn(1, 4), Drawn(1, 4));
        Assert.NotEqual(Drawn(1, 4), Drawn(1, 5));
        Assert.NotEqual(Drawn(1, 4), Drawn(2, 4));
    }

    [Fact]
    public void An_empty_one_adds_nothing_and_a_full_one_gives_no_more_than_it_has()
    {
        using var reservoir = Empty(3);
        var own = Data(0, 2).Inputs;
        Assert.Same(own, reservoir.WithInputs(own, 5, seed: 1, step: 0));
        using var data = Data(0, 2);
        reservoir.Add(data, seed: 1);
        Assert.Equal(2, reservoir.Count);
        using var both = reservoir.WithInputs(Data(5, 9).Inputs, 5, seed: 1, step: 1);
        Assert.Equal(6, both.size(0));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var reservoir = Empty(3);
        using var wide = new InMemoryData(zeros(2, 3), zeros(2, ScalarType.Int64));
        Assert.Contains("keeps [3, 2]", Assert.Throws<DataMismatchException>(() => reservoir.Add(wide, 0)).Message);
        Assert.Throws<InvalidOperationException>(() => reservoir.WithLabels(zeros(2, ScalarType.Int64), step: 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Empty(0));
    }

    private static Reservoir Empty(long capacity) => new(capacity, ScalarType.Float32, [2], ScalarType.Int64, []);

    private static InMemoryData Data(int from, int to)
    {
        float[] numbers = [.. Enumerable.Range(from, to - from).SelectMany(i => new[] { (float)i, -i })];
        return new InMemoryData(tensor(numbers, [to - from, 2]), arange(from, to, ScalarType.Int64));
    }
}
