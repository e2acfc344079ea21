using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

/// <summary>What is made of rows that go to the same place.</summary>
internal static class RowAggregation
{
    /// <param name="rows">[M, C].</param>
    /// <param name="to">The place of each, [M].</param>
    /// <param name="places">A tensor with a row for each place, [N, ...].</param>
    /// <returns>[N, C].</returns>
    public static Value Add(Computation c, Aggregation aggregation, string name, Value rows, Value to, Value places)
    {
        if (aggregation == Aggregation.Max) return c.Add(new MaxRows(), name, rows, to, places);
        Value sum = c.Add(new SumRows(), aggregation == Aggregation.Sum ? name : name + "Sums", rows, to, places);
        if (aggregation == Aggregation.Sum) return sum;
        Value shares = c.Add(
            new RuntimeFunction("EdgeLists.InverseCounts", new([]), Shape.Of(places.Shape[0], 1))
            {
                OnnxMethod = "InverseCounts",
            }, name + "Shares", to, sum);
        return c.Add(new Multiply(), name, sum, shares);
    }
}
