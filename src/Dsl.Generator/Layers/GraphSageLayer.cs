using System.Globalization;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class GraphSageLayer : Layer<GraphSageAttribute>
{
    // As F.normalize has it.
    private const double SmallestLength = 1e-12;

    protected override string Arguments(GraphSageAttribute attribute) =>
        attribute.Features.ToString(CultureInfo.InvariantCulture) + (attribute.Normalize ? ", normalized" : "");

    protected override Value? Lower(GraphSageAttribute attribute, Value input, LayerContext context)
    {
        if (GraphEdges.Find(attribute.Edges, input, context, loops: false) is not { } edges) return null;
        Computation c = context.Computation;
        string name = context.Variable;
        Value mean = RowAggregation.Add(c, Aggregation.Mean, name + "Mean",
            c.Add(new GatherRows(), name + "Sent", input, edges.From), edges.To, edges.Nodes);
        var initialization = new Initialization.UniformFanIn(input.Shape[1].Factor);
        var shape = Shape.Of(attribute.Features, input.Shape[1]);
        Value neighbours = context.Parameter("lin_l.weight", shape, initialization);
        Value[] bias = attribute.Bias ? [context.Parameter("lin_l.bias", Shape.Of(attribute.Features), initialization)] : [];
        Value own = context.Parameter("lin_r.weight", shape, initialization);
        Value output = c.Add(new Add(), attribute.Normalize ? name + "Sum" : name,
            c.Add(new Linear(), name + "Neighbours", [mean, neighbours, .. bias]),
            c.Add(new Linear(), name + "Own", input, own));
        return attribute.Normalize ? UnitLength.Along(c, output, 1, SmallestLength, name) : output;
    }
}
