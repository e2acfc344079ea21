using System;

namespace Dsl;

/// <summary>
/// Message passing with declared functions (Gilmer et al. 2017, arXiv 1704.01212, equations 1 and 2):
/// mᵢ = Σⱼ M(hᵢ, hⱼ, eⱼᵢ) over the edges that lead to i, and hᵢ' = U(hᵢ, mᵢ). Nodes [N, in] to [N, out],
/// where out is what U returns.
/// </summary>
/// <typeparam name="TMessage">M: a class with <see cref="BlockAttribute">[Block]</see>. It starts at receiver, sender and edge
/// features side by side, [E, 2·in + K], and knows each as the tag <c>receiver</c> [E, in], <c>sender</c> [E, in] and
/// <c>edge</c> [E, K]. It returns a row for each edge, [E, message].</typeparam>
/// <typeparam name="TUpdate">U: a class with <see cref="BlockAttribute">[Block]</see>. It starts at the node and its messages
/// side by side, [N, in + message], and knows each as the tag <c>node</c> [N, in] and <c>messages</c> [N, message]. It returns a
/// row for each node.</typeparam>
/// <remarks>
/// Edges come from an <see cref="EdgeListAttribute"/> as they are: none from a node to itself is added, and a node at which none
/// arrives gets zeros. Without an <see cref="EdgeFeaturesAttribute"/> of that name a message is one of receiver and sender
/// alone. Weights are named by the block and the place in it: 0.message.0.weight, 0.update.0.weight. The blocks see the tags and
/// inputs of the stack around them, too. Layers with weights of their own for each step stand one behind the other.
/// </remarks>
/// <example><code>
/// [Block, Linear(Arg.Features), ReLU, Linear(Arg.Features)]
/// public partial class Message;
///
/// [Block, Linear(Arg.Features), ReLU]
/// public partial class Update;
///
/// [Model(16), EdgeList, EdgeFeatures(4), GraphSizes]
/// [MessagePassing&lt;Message, Update&gt;(Aggregation.Sum, Features = 32)]
/// [MessagePassing&lt;Message, Update&gt;(Aggregation.Sum, Features = 32)]
/// [GraphPool(Aggregation.Sum), Linear(1)]
/// public partial class Energy;
/// </code></example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class MessagePassingAttribute<TMessage, TUpdate> : LayerAttribute
{
    /// <summary>Passes messages along the edges.</summary>
    /// <param name="aggregation">What is made of the messages that arrive at a node.</param>
    public MessagePassingAttribute(Aggregation aggregation) => Aggregation = aggregation;

    /// <summary>What is made of the messages that arrive at a node.</summary>
    public Aggregation Aggregation { get; }

    /// <summary>The name of the edge list.</summary>
    public string Edges { get; set; } = "edges";

    /// <summary>The name of the edges' features. Where it is not given, a model without an input <c>edgeFeatures</c> has
    /// none.</summary>
    public string EdgeFeatures { get; set; } = "edgeFeatures";

    /// <summary>The value of <see cref="Arg.Features"/> in both blocks.</summary>
    public int Features { get; set; }

    /// <summary>The value of <see cref="Arg.Hidden"/> in both blocks.</summary>
    public int Hidden { get; set; }
}
