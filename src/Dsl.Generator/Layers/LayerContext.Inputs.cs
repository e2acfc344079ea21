using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Layers;

internal sealed partial class LayerContext
{
    /// <summary>Has the model take integers; null where a layer's input is not the model's own.</summary>
    public Fix? ReadIntegers(Value input) =>
        input == network.Input && network.Site is { } model ? Fix.Set(model, nameof(ModelAttribute.Elements), "Elements.Index")
            : null;

    /// <summary>Gives the model the sizes of its graphs.</summary>
    public Fix? AddGraphSizes(string name) => network.Site is { } model
        ? Fix.Add(name == new GraphSizesAttribute().Name ? "GraphSizes" : $"GraphSizes({BoundFixes.Quoted(name)})", model)
        : null;

    /// <summary>Gives the model a list of edges.</summary>
    public Fix? AddEdges(string name) => network.Site is { } model
        ? Fix.Add(name == new EdgeListAttribute().Name ? "EdgeList" : $"EdgeList({BoundFixes.Quoted(name)})", model)
        : null;
}
