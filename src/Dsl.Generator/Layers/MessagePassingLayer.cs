using System.Collections.Generic;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class MessagePassingLayer : Layer<MessagePassingAttribute<object, object>>
{
    // Type arguments, in their order.
    private const int Message = 0, Update = 1;

    protected override string Arguments(MessagePassingAttribute<object, object> attribute) =>
        $"{nameof(Aggregation)}.{attribute.Aggregation}";

    protected override Value? Lower(MessagePassingAttribute<object, object> attribute, Value input, LayerContext context)
    {
        if (GraphEdges.Find(attribute.Edges, input, context, loops: false) is not { } edges) return null;
        Computation c = context.Computation;
        string name = context.Variable;
        var ends = new List<(string Name, Value Value)>
        {
            ("receiver", c.Add(new GatherRows(), name + "Receiver", input, edges.To)),
            ("sender", c.Add(new GatherRows(), name + "Sender", input, edges.From)),
        };
        if (context.Declares(nameof(attribute.EdgeFeatures)) || context.Scope.Find(attribute.EdgeFeatures) is not null)
        {
            if (edges.Features(attribute.EdgeFeatures, context) is not { } features) return null;
            ends.Add(("edge", features));
        }

        if (Network(Message, "message", ends, edges.To.Shape[0], "[E, message], a row for each edge", context)
            is not { } messages) return null;
        Value received = RowAggregation.Add(c, attribute.Aggregation, name + "Messages", messages, edges.To, edges.Nodes);
        return Network(Update, "update", [("node", input), ("messages", received)], input.Shape[0],
            "[N, features], a row for each node", context);
    }

    /// <summary>What a declared function makes of its arguments, row by row.</summary>
    /// <param name="wanted">What it has to return, in words.</param>
    private static Value? Network(int type, string place, IReadOnlyList<(string Name, Value Value)> arguments, Dim rows,
        string wanted, LayerContext context)
    {
        var values = new Value[arguments.Count];
        for (int i = 0; i < values.Length; i++) values[i] = arguments[i].Value;
        Value joined = context.Computation.Add(
            new Concatenate(), context.Variable + char.ToUpperInvariant(place[0]) + place.Substring(1) + "Input", values);
        if (context.AddBlock(type, place, joined, arguments) is not { } result) return null;
        return result.Shape.Rank == 2 && result.Shape[0] == rows && result.Type.Element == ElementType.Float ? result
            : context.Fail(Catalogue.NotAMessage, null, context.Declared.Declaration.Types[type].Name, result.Type.ToString(),
                wanted);
    }
}
