using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Programs;

/// <summary>The hidden matrices of a network: weights of products and convolutions, without those that make its results. What is
/// looked up or added, as an embedding, is none.</summary>
internal static class MatrixParameters
{
    /// <summary>The members of the parameters that are hidden matrices.</summary>
    public static HashSet<string> Hidden(NetworkProgram network)
    {
        var fed = new HashSet<Value>();
        foreach (var node in network.Computation.Nodes)
        {
            if (node.Operation is Input or Draw || node.Inputs.Any(fed.Contains)) fed.UnionWith(node.Outputs);
        }

        var multiplied = new HashSet<string>();
        var other = new HashSet<string>();
        foreach (var node in network.Computation.Nodes.Where(node => node.Inputs.Any(fed.Contains)))
        {
            bool isProduct = node.Operation is Linear or Convolution or BatchedProduct or Recurrence;
            foreach (var input in node.Inputs.Where(input => !fed.Contains(input)))
                (isProduct ? multiplied : other).UnionWith(Weights(input, []));
        }

        return [.. multiplied.Except(other).Except(Heads(network, fed))];
    }

    // Going back from a result, the first weights on each way.
    private static HashSet<string> Heads(NetworkProgram network, HashSet<Value> fed)
    {
        var heads = new HashSet<string>();
        var seen = new HashSet<Value>();
        var open = new Stack<Value>(network.Results.Select(result => result.Value));
        while (open.Count > 0)
        {
            Value value = open.Pop();
            if (!seen.Add(value)) continue;
            var inputs = value.Producer.Inputs;
            var weights = inputs.Where(input => !fed.Contains(input)).SelectMany(input => Weights(input, [])).ToList();
            heads.UnionWith(weights);
            if (weights.Count > 0) continue;
            foreach (var input in inputs) open.Push(input);
        }

        return heads;
    }

    // The parameters of two or more dimensions that a value is made of. A single column is a vector.
    private static IEnumerable<string> Weights(Value value, HashSet<Value> seen)
    {
        if (!seen.Add(value)) yield break;
        if (value.Producer.Operation is Parameter parameter && IsMatrix(value.Shape)) yield return parameter.Member;
        foreach (string weight in value.Producer.Inputs.SelectMany(input => Weights(input, seen))) yield return weight;
    }

    private static bool IsMatrix(Shape shape) => shape.Rank >= 2 && shape.ElementsPerSample > shape[0].Factor;
}
