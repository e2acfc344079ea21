using System;

namespace Dsl;

/// <summary>
/// How many nodes each graph of a batch has, as an input [G] int64. The model's first input [N, features] then holds the nodes
/// of all graphs, those of one behind those of the other, and the numbers add up to N. A graph may have no node.
/// </summary>
/// <remarks>An edge names nodes by their rows in the batch, as <c>GraphDataset</c> shifts them. Layers that work along edges
/// keep graphs apart by that alone; <see cref="GraphPoolAttribute"/> makes one row of each graph.</remarks>
/// <example><code>
/// [Model(16), EdgeList, GraphSizes]
/// [GraphConv(32), ReLU, GraphPool(Aggregation.Mean), Linear(2)]
/// public partial class Molecules;                     // forward(input [N, 16], edges [2, E], sizes [G]) -> [G, 2]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GraphSizesAttribute : FurtherInputAttribute
{
    /// <summary>Declares an input [G].</summary>
    /// <param name="name">A C# identifier; <c>sizes</c> is what layers look for when they are told nothing else.</param>
    public GraphSizesAttribute(string name = "sizes") : base(name)
    {
    }
}
