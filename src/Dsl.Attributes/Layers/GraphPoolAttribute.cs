namespace Dsl;

/// <summary>
/// One row of each graph of a batch: the sum, the mean or the largest of its nodes' rows (Xu et al. 2019, arXiv 1810.00826,
/// equation 4.2; Duvenaud et al. 2015, arXiv 1509.09292). Nodes [N, C] to graphs [G, C].
/// </summary>
/// <remarks>Which nodes are of which graph says a <see cref="GraphSizesAttribute"/>. A graph without nodes is a row of
/// zeros.</remarks>
public sealed class GraphPoolAttribute : LayerAttribute
{
    /// <summary>Pools the nodes of each graph.</summary>
    /// <param name="aggregation">What is made of a graph's nodes.</param>
    public GraphPoolAttribute(Aggregation aggregation) => Aggregation = aggregation;

    /// <summary>What is made of a graph's nodes.</summary>
    public Aggregation Aggregation { get; }

    /// <summary>The name of the sizes of the graphs.</summary>
    public string Sizes { get; set; } = "sizes";
}
