namespace Dsl;

/// <summary>
/// Graph attention (Veličković et al. 2018, arXiv 1710.10903, equations 1 to 6): with h = W x, the messages h_j of a node's
/// neighbours and its own are weighted by softmax_j LeakyReLU(a_dst·h_i + a_src·h_j), in each of several heads. Nodes [N, in]
/// to [N, heads·features], or to [N, features] where heads are averaged.
/// </summary>
/// <remarks>
/// Edges come from an <see cref="EdgeListAttribute"/>; those from a node to itself are added. Parameters are named and
/// initialised as in PyTorch Geometric's <c>GATConv</c>: lin.weight [heads·features, in], att_src and att_dst [1, heads,
/// features] from U(±√(6/(the sum of the last two sizes))), bias zero.
/// </remarks>
public sealed class GraphAttentionAttribute : LayerAttribute
{
    /// <summary>Graph attention with the given number of features in each head.</summary>
    /// <param name="features">Features of a node in each head.</param>
    public GraphAttentionAttribute(int features) => Features = features;

    /// <summary>Features of a node in each head.</summary>
    [Interval("[1, inf)")]
    public int Features { get; }

    /// <summary>Number of heads.</summary>
    [Interval("[1, inf)")]
    public int Heads { get; set; } = 1;

    /// <summary>Whether heads are averaged, as in the paper's last layer, instead of concatenated.</summary>
    public bool Average { get; set; }

    /// <summary>Slope of the leaky rectifier below zero.</summary>
    [Interval("[0, inf)")]
    public double NegativeSlope { get; set; } = 0.2;

    /// <summary>Probability with which an attention weight is dropped in training.</summary>
    [Interval("[0, 1)")]
    public double Dropout { get; set; }

    /// <summary>The name of the edge list.</summary>
    public string Edges { get; set; } = "edges";

    /// <summary>Whether a learned bias is added.</summary>
    public bool Bias { get; set; } = true;
}
