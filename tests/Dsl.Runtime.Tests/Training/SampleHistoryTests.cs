using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests;

public class SampleHistoryTests
{
    [Fact]
    public void Samples_fill_the_places_and_are_seen_themselves()
    {
        using var scope = NewDisposeScope();
        using var history = new SampleHistory(ScalarType.Float32, CPU, 3, 1);
        Assert.Equal([1f, 2f], Seen(history, [1, 2], [true, true], [2, 2]));
        history.Push();
        Keeps(history, 2, [1f, 2f, 0f]);
    }

    /// <summary>The first takes the last place that is free; the next two find it taken, one after the other.</summary>
    [Fact]
    public void A_place_that_was_taken_in_the_batch_holds_what_took_it()
    {
        using var scope = NewDisposeScope();
        using var history = new SampleHistory(ScalarType.Float32, CPU, 3, 1);
        Seen(history, [1, 2], [false, false], [0, 0]);
        history.Push();
        Assert.Equal([3f, 3f, 4f, 6f, 1f],
            Seen(history, [3, 4, 5, 6, 7], [false, true, true, false, true], [0, 2, 2, 2, 0]));
        history.Push();
        Keeps(history, 3, [7f, 2f, 5f]);
    }

    [Fact]
    public void What_waits_changes_nothing_until_it_is_kept()
    {
        using var scope = NewDisposeScope();
        using var history = new SampleHistory(ScalarType.Float32, CPU, 2, 1);
        Seen(history, [1, 2], [false, false], [0, 0]);
        Assert.Equal([0f, 0f], Kept(history));
        history.Drop();
        history.Push();
        Keeps(history, 0, [0f, 0f]);
        Seen(history, [1, 2], [false, false], [0, 0]);
        Seen(history, [3], [false], [0]);
        history.Push();
        Keeps(history, 1, [3f, 0f]);
    }

    /// <summary>By the rule as it is said, sample by sample, for many batches.</summary>
    [Fact]
    public void Exchanges_are_those_of_one_sample_after_the_other()
    {
        using var scope = NewDisposeScope();
        using var history = new SampleHistory(ScalarType.Float32, CPU, 5, 1);
        var random = new Random(3);
        var kept = new List<float>();
        for (int batch = 0; batch < 40; batch++)
        {
            int rows = random.Next(1, 9);
            float[] made = [.. Enumerable.Range(0, rows).Select(row => (100f * batch) + row)];
            bool[] exchanges = [.. made.Select(_ => random.Next(2) == 0)];
            long[] places = [.. made.Select(_ => (long)random.Next(5))];
            var expected = new List<float>();
            for (int row = 0; row < rows; row++)
            {
                if (kept.Count < 5)
                {
                    kept.Add(made[row]);
                    expected.Add(made[row]);
                }
                else
                {
                    int place = (int)places[row];
                    expected.Add(exchanges[row] ? kept[place] : made[row]);
                    if (exchanges[row]) kept[place] = made[row];
                }
            }

            Assert.Equal(expected, Seen(history, made, exchanges, places));
            history.Push();
            Assert.Equal(kept.Concat(Enumerable.Repeat(0f, 5 - kept.Count)), Kept(history));
        }
    }

    private static float[] Seen(SampleHistory history, float[] made, bool[] exchanges, long[] places)
    {
        using var scope = NewDisposeScope();
        return history.Exchanged(tensor(made).unsqueeze(1), tensor(exchanges), tensor(places)).data<float>().ToArray();
    }

    private static void Keeps(SampleHistory history, long count, float[] samples)
    {
        Assert.Equal(count, history.Count.ToInt64());
        Assert.Equal(samples, Kept(history));
    }

    private static float[] Kept(SampleHistory history) => history.Samples.data<float>().ToArray();
}
