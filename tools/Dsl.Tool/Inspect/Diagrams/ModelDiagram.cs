using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Inspect.Diagrams;

/// <summary>A model's graph: its inputs, its layers and its outputs, with the shape of what flows between them.</summary>
internal static class ModelDiagram
{
    public static Diagram Of(NetworkProgram network)
    {
        var boxes = new List<Box>();
        var arrows = new List<Arrow>();
        var owners = new Dictionary<Node, string>();
        foreach (var input in network.Inputs)
        {
            owners[input.Value.Producer] = $"input_{input.Variable}";
            boxes.Add(new Box($"input_{input.Variable}", input.Variable, "", BoxKind.Data));
        }

        for (int i = 0; i < network.Layers.Count; i++)
        {
            var layer = network.Layers[i];
            var own = layer.Nodes.Where(node => !node.Operation.IsLeaf).ToList();

            // A tag names a value and computes nothing.
            if (own.Count == 0) continue;
            foreach (var node in own) owners[node] = $"layer{i}";
            string title = layer.Arguments.Length == 0 ? layer.Name : $"{layer.Name}({layer.Arguments})";
            boxes.Add(new Box($"layer{i}", layer.Path.Length == 0 ? title : $"{layer.Path}  {title}", "", BoxKind.Layer));
        }

        // What no layer computes, such as the arithmetic of a Forward or the normalisation of images, is part of an arrow.
        var sources = owners.ToDictionary(owner => owner.Key, owner => new List<string> { owner.Value });
        foreach (var node in network.Computation.Nodes)
        {
            var before = node.Inputs.SelectMany(value => From(value).Select(box => (Box: box, Value: value))).ToList();
            if (!owners.TryGetValue(node, out string? own)) sources[node] = [.. before.Select(source => source.Box).Distinct()];
            else
                arrows.AddRange(before.Where(source => source.Box != own)
                    .Select(source => new Arrow(source.Box, own, source.Value.Shape.ToString())));
        }

        foreach (var result in network.Results.Where(result => From(result.Value).Count > 0))
        {
            boxes.Add(new Box($"output_{result.Variable}", result.Variable, "", BoxKind.Data));
            arrows.AddRange(From(result.Value)
                .Select(source => new Arrow(source, $"output_{result.Variable}", result.Value.Shape.ToString())));
        }

        List<string> From(Value value) => sources.TryGetValue(value.Producer, out var known) ? known : [];

        return new Diagram(boxes, arrows.Distinct().ToList());
    }
}
