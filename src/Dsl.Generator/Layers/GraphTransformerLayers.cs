using System;
using System.Globalization;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class GraphTransformerAttentionLayer : Layer<GraphTransformerAttentionAttribute>
{
    protected override string Arguments(GraphTransformerAttentionAttribute attribute) =>
        attribute.Heads.ToString(CultureInfo.InvariantCulture) + (attribute.Full ? ", full" : "");

    protected override Value? Lower(GraphTransformerAttentionAttribute attribute, Value input, LayerContext context)
    {
        if (Edges(attribute, input, context) is not { } edges) return null;
        long width = input.Shape[1].Factor, heads = attribute.Heads, size = width / heads;
        if (size * heads != width)
        {
            return context.Fail(Catalogue.HeadsDoNotDivide, nameof(attribute.Heads),
                context.Declared.Set(nameof(attribute.Heads), Nearest.Divisor(width, attribute.Heads)!.Value),
                heads.ToString(CultureInfo.InvariantCulture), context.Description, width.ToString(CultureInfo.InvariantCulture),
                input.Shape.ToString(), context.Producer);
        }

        Computation c = context.Computation;
        string name = context.Variable;
        var initialization = new Initialization.UniformFanIn(width);
        Value queries = c.Add(new GatherRows(), name + "Queries", Heads("Q"), edges.To);
        Value keys = c.Add(new GatherRows(), name + "Keys", Heads("K"), edges.From);
        Value scores = c.Add(new Scale(1 / Math.Sqrt(size)), name + "Scores",
            c.Add(new Sum(2), name + "Products", c.Add(new Multiply(), name + "Terms", queries, keys)));
        Value attention = c.Add(new RowSoftmax(), name + "Attention", scores, edges.To, edges.Nodes);
        Value messages = c.Add(new Multiply(), name + "Messages",
            c.Add(new GatherRows(), name + "Values", Heads("V"), edges.From),
            c.Add(new Unsqueeze(2), name + "Weights", attention));
        Value sums = c.Add(new SumRows(), name + "Sums", messages, edges.To, edges.Nodes);
        Value joined = c.Add(new Flatten(), name + "Joined", sums);
        return c.Add(new Linear(), name, joined, context.Parameter("O.weight", Shape.Of(width, width), initialization),
            context.Parameter("O.bias", Shape.Of(width), initialization));

        Value Heads(string parameter)
        {
            Value weight = context.Parameter(parameter + ".weight", Shape.Of(width, width), initialization);
            return c.Add(new Reshape(Shape.Of(input.Shape[0], heads, size)), name + parameter + "Heads",
                c.Add(new Linear(), name + parameter, input, weight));
        }
    }

    private static GraphEdges? Edges(GraphTransformerAttentionAttribute attribute, Value input, LayerContext context)
    {
        if (!attribute.Full) return GraphEdges.Find(attribute.Edges, input, context, loops: false);
        if (!GraphEdges.AreNodes(input, context) || GraphSizesOf.Find(attribute.Sizes, context) is not { } sizes) return null;
        Computation c = context.Computation;
        Value nodes = context.NetworkInputs[0].Value;
        Value list = c.Add(
            new RuntimeFunction("GraphInput.CompleteEdges", default,
                new TensorType(Shape.Of(2, Dim.Batch("P")), ElementType.Int64)) { OnnxMethod = "CompleteEdges" },
            attribute.Sizes + "Pairs", sizes, nodes);
        return new GraphEdges(list, c.Add(new EdgeEnds(0), attribute.Sizes + "PairsFrom", list),
            c.Add(new EdgeEnds(1), attribute.Sizes + "PairsTo", list), nodes);
    }
}

internal sealed class RandomSignsLayer : Layer<RandomSignsAttribute>
{
    protected override Value? Lower(RandomSignsAttribute attribute, Value input, LayerContext context)
    {
        if (!GraphEdges.AreNodes(input, context)) return null;
        Computation c = context.Computation;
        Value[] graphs = [];
        if (context.Declares(nameof(attribute.Sizes)) || context.Scope.Find(attribute.Sizes) is not null)
        {
            if (GraphSizesOf.Find(attribute.Sizes, context) is not { } sizes) return null;
            graphs = [GraphSizesOf.GraphOfNodes(attribute.Sizes, sizes, context), sizes];
        }

        return c.AddMany(new RandomSigns(), [context.Variable, context.Variable + "Signs"], [input, .. graphs])[0];
    }
}
