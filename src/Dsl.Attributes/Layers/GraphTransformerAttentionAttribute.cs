namespace Dsl;

/// <summary>
/// Scaled dot-product attention among the nodes of a graph (Dwivedi and Bresson 2021, arXiv 2012.09699, equations 4 and 5): O of
/// all heads side by side, each Σⱼ softmaxⱼ(Q hᵢ·K hⱼ/√d) V hⱼ, j over the nodes from which an edge leads to i, or
/// over all nodes of the graph. Nodes [N, C] to [N, C].
/// </summary>
/// <remarks>
/// Edges come from an <see cref="EdgeListAttribute"/> as they are: none from a node to itself is added, one that stands twice
/// counts twice, and a node at which none arrives gets the bias alone. Parameters are named as in the authors' program, and start
/// as <see cref="LinearAttribute"/>'s: Q.weight, K.weight, V.weight [C, C], O.weight [C, C] and O.bias [C].
/// </remarks>
/// <example><code>
/// [Block, GraphTransformerAttention(Arg.Heads), Residual, LayerNorm, Tag("attended")]
/// [Linear(Arg.Hidden), ReLU, Linear(Arg.Features), Add("attended"), LayerNorm]
/// public partial class GraphTransformerLayer;
/// </code></example>
public sealed class GraphTransformerAttentionAttribute : LayerAttribute
{
    /// <summary>Attention with the given number of heads.</summary>
    /// <param name="heads">Heads, of C/heads features each.</param>
    public GraphTransformerAttentionAttribute(int heads) => Heads = heads;

    /// <summary>Heads, of C/heads features each.</summary>
    [Interval("[1, inf)")]
    public int Heads { get; }

    /// <summary>Whether a node attends to all nodes of its graph, itself among them, in the place of those with an edge to
    /// it.</summary>
    public bool Full { get; set; }

    /// <summary>The name of the edge list; not read with <see cref="Full"/>.</summary>
    public string Edges { get; set; } = "edges";

    /// <summary>The name of the sizes of the graphs; read with <see cref="Full"/> alone.</summary>
    public string Sizes { get; set; } = "sizes";
}
