using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Passes;

/// <summary>Computes a value once more with another in place of one that it depends on. What does not depend on that is shared.</summary>
internal static class Substitute
{
    /// <param name="result">What is computed again.</param>
    /// <param name="replaced">What it depends on.</param>
    /// <param name="by">What stands in its place.</param>
    /// <returns>The second result; the first when it does not depend on what is replaced.</returns>
    public static Value Run(Computation computation, Value result, Value replaced, Value by)
    {
        var needed = new HashSet<Value> { result };
        foreach (var node in computation.Nodes.Reverse())
            if (node.Outputs.Any(needed.Contains)) needed.UnionWith(node.Inputs);

        var others = new Dictionary<Value, Value> { [replaced] = by };
        foreach (var node in computation.Nodes.ToList())
        {
            if (node == by.Producer || !node.Outputs.Any(needed.Contains) || !node.Inputs.Any(others.ContainsKey)) continue;
            var inputs = node.Inputs.Select(input => others.TryGetValue(input, out var other) ? other : input).ToArray();
            var outputs = computation.AddMany(node.Operation, node.Outputs.Select(value => value.Hint + "OfPartner").ToArray(), inputs);
            for (int i = 0; i < outputs.Count; i++) others[node.Outputs[i]] = outputs[i];
        }

        return others.TryGetValue(result, out var second) ? second : result;
    }
}
