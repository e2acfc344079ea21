namespace Dsl;

/// <summary>
/// Positions of nodes [N, K] with the sign of each column drawn in training, for each graph anew: an eigenvector says the same
/// with either sign (Dwivedi and Bresson 2021, arXiv 2012.09699, section 2.1). In evaluation mode the positions as they are.
/// </summary>
/// <remarks>Which nodes are of which graph says a <see cref="GraphSizesAttribute"/>; without one all nodes are of one
/// graph.</remarks>
/// <example><code>
/// [Model(16), EdgeList, GraphSizes, Input("positions", 4)]
/// [Linear(32), Tag("nodes"), From("positions"), RandomSigns, Linear(32), Add("nodes")]
/// [Use&lt;GraphTransformerLayer&gt;(Heads = 4, Hidden = 64, Features = 32), GraphPool(Aggregation.Mean), Linear(2)]
/// public partial class Molecules;
/// </code></example>
public sealed class RandomSignsAttribute : LayerAttribute
{
    /// <summary>The name of the sizes of the graphs.</summary>
    public string Sizes { get; set; } = "sizes";
}
