using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Passes;

/// <summary>Computes once what several operations compute alike: one log-softmax for all terms that read the same
/// logits.</summary>
internal static class ShareSubexpressions
{
    public static void Run(Computation computation)
    {
        var replaced = new Dictionary<Value, Value>();
        var known = new List<Node>();
        var kept = new List<Node>();
        foreach (var node in computation.Nodes)
        {
            node.Inputs = node.Inputs.Select(input => replaced.TryGetValue(input, out var same) ? same : input).ToList();
            bool sharable = node.Operation.IsPure && !node.Operation.HasEffect && !node.Operation.IsLeaf;
            var twin = sharable
                ? known.FirstOrDefault(other => other.Operation.Equals(node.Operation) && other.Inputs.SequenceEqual(node.Inputs))
                : null;
            if (twin is null)
            {
                kept.Add(node);
                if (sharable) known.Add(node);
                continue;
            }

            for (int i = 0; i < node.Outputs.Count; i++) replaced[node.Outputs[i]] = twin.Outputs[i];
        }

        computation.Replace(kept);
    }
}
