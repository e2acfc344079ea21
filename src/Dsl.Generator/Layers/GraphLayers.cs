using System.Globalization;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class GraphConvLayer : Layer<GraphConvAttribute>
{
    protected override string Arguments(GraphConvAttribute attribute) =>
        attribute.Features.ToString(CultureInfo.InvariantCulture);

    protected override Value? Lower(GraphConvAttribute attribute, Value input, LayerContext context)
    {
        if (GraphEdges.Find(attribute.Edges, input, context) is not { } edges) return null;
        Computation c = context.Computation;
        string name = context.Variable;
        Value weight = context.Parameter("lin.weight", Shape.Of(attribute.Features, input.Shape[1]),
            Initialization.Glorot(input.Shape[1].Factor, attribute.Features));
        Value transformed = c.Add(new Linear(), name + "Transformed", input, weight);
        Value weights = c.Add(new SymmetricEdgeWeights(), name + "Weights", edges.List, edges.Nodes);
        Value output = c.Add(new Propagate(), name, transformed, weights, edges.From, edges.To);
        return attribute.Bias
            ? c.Add(new Add(), name, output,
                context.Parameter("bias", Shape.Of(attribute.Features), new Initialization.Constant(0)))
            : output;
    }
}

internal sealed class GraphAttentionLayer : Layer<GraphAttentionAttribute>
{
    protected override string Arguments(GraphAttentionAttribute attribute) =>
        $"{attribute.Features}, {attribute.Heads} "
        + $"{(attribute.Heads == 1 ? "head" : "heads")}{(attribute.Average ? ", averaged" : "")}";

    protected override Value? Lower(GraphAttentionAttribute attribute, Value input, LayerContext context)
    {
        if (GraphEdges.Find(attribute.Edges, input, context) is not { } edges) return null;
        Computation c = context.Computation;
        string name = context.Variable;
        long heads = attribute.Heads, features = attribute.Features;
        Value weight = context.Parameter("lin.weight", Shape.Of(heads * features, input.Shape[1]),
            Initialization.Glorot(input.Shape[1].Factor, heads * features));
        Value transformed = c.Add(new Reshape(Shape.Of(input.Shape[0], heads, features)), name + "Heads",
            c.Add(new Linear(), name + "Transformed", input, weight));
        Value sent = Scores("att_src", "Source", edges.From), received = Scores("att_dst", "Target", edges.To);
        Value scores = c.Add(
            new LeakyReLU(attribute.NegativeSlope), name + "Scores", c.Add(new Add(), name + "Sums", sent, received));
        Value attention = c.Add(new EdgeSoftmax(), name + "Attention", scores, edges.List, edges.Nodes);
        if (attribute.Dropout > 0)
            attention = c.AddMany(new Graph.Operations.Dropout(attribute.Dropout), [name + "Kept", name + "Mask"], attention)[0];
        Value messages = c.Add(new Multiply(), name + "Messages",
            c.Add(new GatherRows(), name + "Sent", transformed, edges.From),
            c.Add(new Unsqueeze(2), name + "Weights", attention));
        Value output = c.Add(new SumRows(), name + "Output", messages, edges.To, edges.Nodes);
        output = attribute.Average
            ? c.Add(new MeanOver(new([1]), Keep: false), name, output)
            : c.Add(new Flatten(), name, output);
        return attribute.Bias
            ? c.Add(new Add(), name, output, context.Parameter("bias", Shape.Of(output.Shape[1]), new Initialization.Constant(0)))
            : output;

        // Each node's share of a score, [M, H]: the score of an edge is the sum of those of its ends.
        Value Scores(string parameter, string end, Value nodes)
        {
            Value vector = context.Parameter(parameter, Shape.Of(1, heads, features), Initialization.Glorot(heads, features));
            Value share = c.Add(
                new Sum(2), $"{name}{end}Scores", c.Add(new Multiply(), $"{name}{end}Products", transformed, vector));
            return c.Add(new GatherRows(), $"{name}{end}Ends", share, nodes);
        }
    }
}

/// <summary>The edges along which a graph layer sends messages.</summary>
/// <param name="List">[2, M].</param>
/// <param name="From">The node that sends, [M].</param>
/// <param name="To">The node that receives, [M].</param>
/// <param name="Nodes">A tensor with a row for each node.</param>
internal sealed record GraphEdges(Value List, Value From, Value To, Value Nodes)
{
    /// <summary>The edges of a name; null, with a finding, when they are none or the input is not a list of nodes.</summary>
    /// <param name="loops">Whether an edge from each node to itself is added.</param>
    public static GraphEdges? Find(string name, Value input, LayerContext context, bool loops = true)
    {
        if (!AreNodes(input, context)) return null;
        if (context.Scope.Find(name) is not { } edges)
        {
            context.Fail(Catalogue.NoEdges, "Edges",
                [context.Declared.Correct("Edges", name, context.Scope.Known), context.AddEdges(name)],
                context.Description, name, NearName.Question(name, context.Scope.Known));
            return null;
        }

        if (edges.Type != new TensorType(Shape.Of(2, Dim.Batch("E")), ElementType.Int64))
        {
            context.Fail(Catalogue.NotEdges, "Edges", name, edges.Shape.ToString());
            return null;
        }

        Computation c = context.Computation;

        // Of the network's own input, not of the layer's, so that all layers share one list.
        Value nodes = context.NetworkInputs[0].Value;
        Value list = loops ? c.Add(new WithSelfLoops(), name + "WithLoops", edges, nodes) : edges;
        if (!loops) name += "Given";
        return new GraphEdges(
            list, c.Add(new EdgeEnds(0), name + "From", list), c.Add(new EdgeEnds(1), name + "To", list), nodes);
    }

    /// <summary>The features of the edges, [E, K]; null, with a finding, when the name is none's or something else's.</summary>
    /// <param name="name">What the layer's <c>EdgeFeatures</c> says.</param>
    public Value? Features(string name, LayerContext context)
    {
        const string argument = "EdgeFeatures";
        if (context.Scope.Find(name) is not { } features)
        {
            return context.Fail(Catalogue.NoEdgeFeatures, argument, context.Declared.Correct(argument, name, context.Scope.Known),
                context.Description, name, NearName.Question(name, context.Scope.Known));
        }

        bool fits = features.Shape.Rank == 2 && features.Shape[0] == From.Shape[0] && features.Type.Element == ElementType.Float;
        return fits ? features
            : context.Fail(Catalogue.NotEdgeFeatures, argument, name, features.Type.ToString());
    }

    /// <summary>Whether a value has a row for each node; with a finding when it has not.</summary>
    public static bool AreNodes(Value input, LayerContext context)
    {
        if (input.Shape.Rank != 2)
        {
            context.FailRank(input, "[N, features], a row for each node");
            return false;
        }

        if (input.Shape[0] == context.NetworkInputs[0].Value.Shape[0]) return true;
        context.Fail(Catalogue.NotNodes, null, context.Description, input.Shape.ToString(), context.Producer);
        return false;
    }
}
