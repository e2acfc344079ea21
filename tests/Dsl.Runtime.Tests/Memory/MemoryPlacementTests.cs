using Xunit;

namespace Dsl.Runtime.Tests.Memory;

/// <summary>Values that live at the same time lie apart, and not much more memory is taken than they need at most.</summary>
public sealed class MemoryPlacementTests
{
    [Fact]
    public void Values_that_follow_each_other_share_a_place()
    {
        long[] offsets = new long[3];
        long total = MemoryPlacement.Place([(0, 2, 100), (3, 5, 100), (4, 6, 40)], offsets);
        Assert.Equal([0, 0, 112], offsets);
        Assert.Equal(112 + 48, total);
    }

    [Fact]
    public void A_value_without_elements_has_a_place_of_its_own()
    {
        long[] offsets = new long[2];
        Assert.Equal(32, MemoryPlacement.Place([(0, 2, 0), (1, 3, 0)], offsets));
        Assert.NotEqual(offsets[0], offsets[1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_two_that_live_at_once_overlap(int seed)
    {
        var random = new Random(seed);
        var values = new List<(int First, int Last, long Size)>();
        for (int i = 0; i < 300; i++)
        {
            int first = random.Next(1000);
            values.Add((first, first + 1 + random.Next(random.Next(2) == 0 ? 20 : 400), random.Next(1, 5000)));
        }

        long[] offsets = new long[values.Count];
        long total = MemoryPlacement.Place(values, offsets), most = 0;
        for (int time = 0; time < 1500; time++)
        {
            var live = Enumerable.Range(0, values.Count).Where(i => values[i].First <= time && time <= values[i].Last)
                .OrderBy(i => offsets[i]).ToList();
            most = Math.Max(most, live.Sum(i => values[i].Size));
            for (int i = 1; i < live.Count; i++)
                Assert.True(offsets[live[i - 1]] + values[live[i - 1]].Size <= offsets[live[i]]);
            if (live.Count > 0) Assert.True(offsets[live[^1]] + values[live[^1]].Size <= total);
        }

        Assert.All(offsets, offset => Assert.Equal(0, offset % 16));
        Assert.InRange(total, most, 1.35 * most);
    }
}
