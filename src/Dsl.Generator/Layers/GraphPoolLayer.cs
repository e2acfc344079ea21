using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

internal sealed class GraphPoolLayer : Layer<GraphPoolAttribute>
{
    protected override string Arguments(GraphPoolAttribute attribute) => $"{nameof(Aggregation)}.{attribute.Aggregation}";

    protected override Value? Lower(GraphPoolAttribute attribute, Value input, LayerContext context)
    {
        const string sizes = nameof(attribute.Sizes);
        if (!GraphEdges.AreNodes(input, context)) return null;
        if (context.Scope.Find(attribute.Sizes) is not { } counts)
        {
            return context.Fail(Catalogue.NoGraphSizes, sizes,
                [context.Declared.Correct(sizes, attribute.Sizes, context.Scope.Known), context.AddGraphSizes(attribute.Sizes)],
                context.Description, attribute.Sizes, NearName.Question(attribute.Sizes, context.Scope.Known));
        }

        if (counts.Type != new TensorType(Shape.Of(Dim.Batch("G")), ElementType.Int64))
            return context.Fail(Catalogue.NotGraphSizes, sizes, attribute.Sizes, counts.Shape.ToString());
        Computation c = context.Computation;
        Value graph = c.Add(
            new RuntimeFunction("GraphInput.GraphOfNodes", new([]),
                new TensorType(Shape.Of(input.Shape[0]), ElementType.Int64)) { OnnxMethod = "GraphOfNodes" },
            attribute.Sizes + "Graph", counts, context.NetworkInputs[0].Value);
        return RowAggregation.Add(c, attribute.Aggregation, context.Variable, input, graph, counts);
    }
}
