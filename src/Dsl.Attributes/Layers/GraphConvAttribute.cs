namespace Dsl;

/// <summary>
/// Graph convolution: D̃^(−1/2) (A + I) D̃^(−1/2) X Wᵀ + b, D̃ the number of neighbours and the node itself (Kipf and Welling
/// 2017, arXiv 1609.02907, equation 2). Nodes [N, in] to [N, <see cref="Features"/>].
/// </summary>
/// <remarks>
/// Edges come from an <see cref="EdgeListAttribute"/>; those from a node to itself are added. Parameters are named and
/// initialised as in PyTorch Geometric's <c>GCNConv</c>: lin.weight [out, in] from U(±√(6/(in + out))), bias [out] zero.
/// </remarks>
public sealed class GraphConvAttribute : LayerAttribute
{
    /// <summary>A graph convolution with the given number of output features.</summary>
    /// <param name="features">Features of a node in the output.</param>
    public GraphConvAttribute(int features) => Features = features;

    /// <summary>Features of a node in the output.</summary>
    [Interval("[1, inf)")]
    public int Features { get; }

    /// <summary>The name of the edge list.</summary>
    public string Edges { get; set; } = "edges";

    /// <summary>Whether a learned bias is added.</summary>
    public bool Bias { get; set; } = true;
}
