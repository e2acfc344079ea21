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

        foreach (var node in network.Computation.Nodes.Where(owners.ContainsKey))
        {
            foreach (var value in node.Inputs.Where(
                value => owners.TryGetValue(value.Producer, out string? from) && from != owners[node]))
                arrows.Add(new Arrow(owners[value.Producer], owners[node], value.Shape.ToString()));
        }

        foreach (var result in network.Results.Where(result => owners.ContainsKey(result.Value.Producer)))
        {
            boxes.Add(new Box($"output_{result.Variable}", result.Variable, "", BoxKind.Data));
            arrows.Add(new Arrow(owners[result.Value.Producer], $"output_{result.Variable}", result.Value.Shape.ToString()));
        }

        return new Diagram(boxes, arrows.Distinct().ToList());
    }
}
