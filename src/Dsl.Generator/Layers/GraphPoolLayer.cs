using Dsl.Generator.Graph;

namespace Dsl.Generator.Layers;

internal sealed class GraphPoolLayer : Layer<GraphPoolAttribute>
{
    protected override string Arguments(GraphPoolAttribute attribute) => $"{nameof(Aggregation)}.{attribute.Aggregation}";

    protected override Value? Lower(GraphPoolAttribute attribute, Value input, LayerContext context)
    {
        if (!GraphEdges.AreNodes(input, context) || GraphSizesOf.Find(attribute.Sizes, context) is not { } sizes) return null;
        Value graph = GraphSizesOf.GraphOfNodes(attribute.Sizes, sizes, context);
        return RowAggregation.Add(context.Computation, attribute.Aggregation, context.Variable, input, graph, sizes);
    }
}
