using System;

namespace Dsl;

/// <summary>
/// Numbers of each edge as an input [E, <see cref="Features"/>]: a row for each column of the <see cref="EdgeListAttribute"/>
/// that stands before it, such as the kind of a bond.
/// </summary>
/// <remarks>An edge that stands twice, once in each direction, has two rows. A layer that reads them says so:
/// <see cref="GraphIsomorphismAttribute.EdgeFeatures"/>, <see cref="MessagePassingAttribute{TMessage, TUpdate}"/>.</remarks>
/// <example><code>
/// [Model(16), EdgeList, EdgeFeatures(4), GraphSizes]
/// [GraphIsomorphism(EdgeFeatures = "edgeFeatures", ProjectEdges = true), Linear(32), ReLU]
/// [GraphPool(Aggregation.Sum), Linear(2)]
/// public partial class Molecules;   // forward(input [N, 16], edges [2, E], edgeFeatures [E, 4], sizes [G]) -> [G, 2]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EdgeFeaturesAttribute : FurtherInputAttribute
{
    /// <summary>Declares an input [E, <paramref name="features"/>].</summary>
    /// <param name="features">Numbers of an edge.</param>
    /// <param name="name">A C# identifier; <c>edgeFeatures</c> is what layers look for when they are told nothing else.</param>
    public EdgeFeaturesAttribute(int features, string name = "edgeFeatures") : base(name) => Features = features;

    /// <summary>Numbers of an edge.</summary>
    [Interval("[1, inf)")]
    public int Features { get; }

    /// <summary>The name of the edge list.</summary>
    public string Edges { get; set; } = "edges";
}
