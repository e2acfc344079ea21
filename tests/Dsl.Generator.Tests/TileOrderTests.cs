using Dsl.Generator.Schemes;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The orders among which a puzzle's answer is.</summary>
public class TileOrderTests
{
    [Theory]
    [InlineData(4, 24, 2)]
    [InlineData(4, 4, 4)]
    [InlineData(9, 64, 6)]
    [InlineData(9, 1000, 3)]
    public void Orders_are_distinct_and_far_from_each_other(int tiles, int count, int least)
    {
        var orders = TileOrders.Choose(tiles, count);
        Assert.Equal(count, orders.Count);
        Assert.Equal(Enumerable.Range(0, tiles), orders[0]);
        foreach (int[] order in orders) Assert.Equal(Enumerable.Range(0, tiles), order.Order());
        int nearest = orders.SelectMany((a, i) =>
            orders.Skip(i + 1).Select(b => a.Zip(b).Count(pair => pair.First != pair.Second))).Min();
        Assert.InRange(nearest, least, tiles);
        Assert.Equal(orders, TileOrders.Choose(tiles, count));
    }
}
