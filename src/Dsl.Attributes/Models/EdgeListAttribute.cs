using System;

namespace Dsl;

/// <summary>
/// The edges of a graph as an input [2, E] int64: row 0 the nodes from which messages go, row 1 the nodes that receive them.
/// The model's first input then holds a row for each of the graph's N nodes, [N, features].
/// </summary>
/// <remarks>An undirected edge stands twice, once in each direction. Layers that need edges from each node to itself add
/// them.</remarks>
/// <example><code>
/// [Model(1433), EdgeList]
/// [Dropout(0.5), GraphConv(16), ReLU, Dropout(0.5), GraphConv(7)]
/// public partial class Gcn;
/// </code></example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EdgeListAttribute : FurtherInputAttribute
{
    /// <summary>Declares an input [2, E].</summary>
    /// <param name="name">A C# identifier; <c>edges</c> is what layers look for when they are told nothing else.</param>
    public EdgeListAttribute(string name = "edges") : base(name)
    {
    }
}
