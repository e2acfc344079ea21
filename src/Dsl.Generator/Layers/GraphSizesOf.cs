using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Layers;

/// <summary>How many nodes each graph of a batch has, as a layer asks for it.</summary>
internal static class GraphSizesOf
{
    /// <summary>The sizes of a name, [G]; null, with a finding, when they are none.</summary>
    public static Value? Find(string name, LayerContext context)
    {
        const string argument = "Sizes";
        if (context.Scope.Find(name) is not { } sizes)
        {
            return context.Fail(Catalogue.NoGraphSizes, argument,
                [context.Declared.Correct(argument, name, context.Scope.Known), context.AddGraphSizes(name)],
                context.Description, name, NearName.Question(name, context.Scope.Known));
        }

        return sizes.Type == new TensorType(Shape.Of(Dim.Batch("G")), ElementType.Int64) ? sizes
            : context.Fail(Catalogue.NotGraphSizes, argument, name, sizes.Shape.ToString());
    }

    /// <summary>The graph of each node, [N].</summary>
    public static Value GraphOfNodes(string name, Value sizes, LayerContext context)
    {
        Value nodes = context.NetworkInputs[0].Value;
        return context.Computation.Add(
            new RuntimeFunction("GraphInput.GraphOfNodes", default,
                new TensorType(Shape.Of(nodes.Shape[0]), ElementType.Int64)) { OnnxMethod = "GraphOfNodes" },
            name + "Graph", sizes, nodes);
    }
}
