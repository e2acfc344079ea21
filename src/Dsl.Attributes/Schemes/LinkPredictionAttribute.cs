namespace Dsl;

/// <summary>
/// Link prediction by the inner product of two nodes' embeddings, p(i, j) = σ(z_i·z_j): a graph autoencoder (Kipf and Welling
/// 2016, arXiv 1611.07308, section 2). Minimised is the mean of −log p over the edges plus that of −log (1 − p) over as
/// many pairs, drawn anew in each step.
/// </summary>
/// <remarks>
/// <para>
/// The model takes nodes and an <see cref="EdgeListAttribute"/> and gives a vector of each node, [N, D]. The edges along which it
/// sends messages are those that it learns to tell; a drawn pair that is one of them, or a node with itself, counts nothing. The
/// paper weighs all N² pairs instead so that edges and others weigh alike, of which the drawn pairs are a sample.
/// </para>
/// <para>
/// <c>LinkData.Split(nodes, edges)</c> keeps edges apart for validation and test with as many pairs that are none;
/// <c>Evaluate(data)</c> gives the area under the ROC curve and the average precision of such pairs, <c>Embed</c> the vectors.
/// The inner product knows no direction: edges are undirected, and stand twice. One batch is one graph.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(1433), EdgeList]
/// [GraphConv(32), ReLU, GraphConv(16)]
/// public partial class Encoder;
///
/// [Trainer&lt;Encoder&gt;, LinkPrediction, Adam(0.01), Epochs(200)]
/// public partial class LinkTrainer;
/// </code></example>
public sealed class LinkPredictionAttribute : SchemeAttribute;
