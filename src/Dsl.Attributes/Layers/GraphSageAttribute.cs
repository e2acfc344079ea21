namespace Dsl;

/// <summary>
/// GraphSAGE with the mean of the neighbours (Hamilton et al. 2017, arXiv 1706.02216, algorithm 1, lines 4 and 5):
/// W₁ mean hⱼ + W₂ hᵢ + b, j over the nodes from which an edge leads to i. Nodes [N, in] to [N, <see cref="Features"/>].
/// </summary>
/// <remarks>
/// W₁ and W₂ side by side are the paper's one matrix on the concatenation. The mean over no neighbour is 0. Edges come from
/// an <see cref="EdgeListAttribute"/> as they are. Parameters are named and start as in PyTorch Geometric's <c>SAGEConv</c>:
/// lin_l.weight and lin_l.bias of the neighbours, lin_r.weight of the node, each from U(±1/√in).
/// </remarks>
public sealed class GraphSageAttribute : LayerAttribute
{
    /// <summary>A layer with the given number of output features.</summary>
    /// <param name="features">Features of a node in the output.</param>
    public GraphSageAttribute(int features) => Features = features;

    /// <summary>Features of a node in the output.</summary>
    [Interval("[1, inf)")]
    public int Features { get; }

    /// <summary>Whether each node's output is divided by its Euclidean length, at least 1e-12 (line 7 of the paper's algorithm
    /// 1, which stands behind the nonlinearity there).</summary>
    public bool Normalize { get; set; }

    /// <summary>The name of the edge list.</summary>
    public string Edges { get; set; } = "edges";

    /// <summary>Whether a learned bias is added.</summary>
    public bool Bias { get; set; } = true;
}
