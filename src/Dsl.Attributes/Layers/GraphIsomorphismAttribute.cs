namespace Dsl;

/// <summary>
/// The sum of a graph isomorphism network (Xu et al. 2019, arXiv 1810.00826, equation 4.1): (1 + ε) hᵢ + Σⱼ hⱼ,
/// j over the nodes from which an edge leads to i. Nodes [N, C] to [N, C]. The layers behind it are the paper's perceptron.
/// </summary>
/// <remarks>Edges come from an <see cref="EdgeListAttribute"/> as they are: none from a node to itself is added. With features of
/// edges it is (1 + ε) hᵢ + Σⱼ max(0, hⱼ + eⱼᵢ) (Hu et al. 2020, arXiv 1905.12265, appendix A). Parameters are named
/// as in PyTorch Geometric's <c>GINConv</c> and <c>GINEConv</c>: eps [1], lin.weight [C, K] and lin.bias [C] from
/// U(±1/√K).</remarks>
/// <example><code>
/// [Block]
/// [GraphIsomorphism, Linear(Arg.Features), ReLU, Linear(Arg.Features), ReLU]
/// public partial class GinLayer;
/// </code></example>
public sealed class GraphIsomorphismAttribute : LayerAttribute
{
    /// <summary>ε, or where it starts if it is learned.</summary>
    [Interval("(-1, inf)")]
    public double Epsilon { get; set; }

    /// <summary>Whether ε is learned (the paper's GIN-ε); else it stays (GIN-0, where it is 0).</summary>
    public bool LearnsEpsilon { get; set; }

    /// <summary>The name of the edge list.</summary>
    public string Edges { get; set; } = "edges";

    /// <summary>The name of the edges' features [E, K], which are added to the node that sends; null for none. They are as many
    /// as a node's, or <see cref="ProjectEdges"/> makes them so.</summary>
    public string? EdgeFeatures { get; set; }

    /// <summary>Whether a learned linear map makes as many numbers of an edge's features as a node has.</summary>
    public bool ProjectEdges { get; set; }
}
