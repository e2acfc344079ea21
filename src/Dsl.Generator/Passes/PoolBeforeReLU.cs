using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Passes;

/// <summary>
/// Takes the maximum of windows before negative numbers become zero, where it was asked for behind: the numbers and the gradients
/// are the same, since neither changes the order of two numbers, and a quarter of them, with windows of 2 x 2, is left to be
/// compared with zero, forward and backward.
/// </summary>
internal static class PoolBeforeReLU
{
    public static void Run(NetworkProgram network)
    {
        var computation = network.Computation;
        var readers = computation.Nodes.SelectMany(node => node.Inputs.Distinct()).GroupBy(value => value)
            .ToDictionary(value => value.Key, value => value.Count());
        foreach (var result in network.Results.Concat(network.Features)) readers[result.Value] = int.MaxValue;
        var blocks = network.Layers.ToLookup(layer => layer.Section, layer => layer.Block);
        var replaced = new Dictionary<Value, Value>();
        var nodes = new List<Node>();
        foreach (var node in computation.Nodes)
        {
            node.Inputs = [.. node.Inputs.Select(input => replaced.TryGetValue(input, out var other) ? other : input)];
            nodes.Add(node);
            if (node.Operation is not MaxPool2d || node.Inputs[0].Producer is not { Operation: ReLU } rectifier
                || readers[rectifier.Output] > 1 || BlockOf(node) != BlockOf(rectifier)) continue;
            int read = readers.TryGetValue(node.Output, out int count) ? count : 0;
            if (read == int.MaxValue) continue;
            node.Inputs = rectifier.Inputs;
            rectifier.Inputs = [node.Output];
            rectifier.Outputs = [computation.NewResult(rectifier, 0, node.Output.Type, rectifier.Output.Hint)];
            replaced.Add(node.Output, rectifier.Output);
            readers.Add(rectifier.Output, read);
            nodes.Remove(rectifier);
            nodes.Add(rectifier);
        }

        if (replaced.Count > 0) computation.Replace(nodes);

        object? BlockOf(Node node) => node.Section is null ? null : blocks[node.Section].FirstOrDefault();
    }
}
