using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Passes;

/// <summary>Computes a value once more with others in place of some that it depends on. What does not depend on those is shared.</summary>
internal static class Substitute
{
    /// <param name="result">What is computed again.</param>
    /// <param name="replaced">What it depends on, with what stands in its place.</param>
    /// <returns>The second result; the first when it does not depend on what is replaced.</returns>
    public static Value Run(Computation computation, Value result, IReadOnlyDictionary<Value, Value> replaced)
    {
        var needed = Needed(computation, result);
        var others = replaced.ToDictionary(pair => pair.Key, pair => pair.Value);
        var given = new HashSet<Node>(replaced.Values.Select(value => value.Producer));
        foreach (var node in computation.Nodes.ToList())
        {
            if (given.Contains(node) || !node.Outputs.Any(needed.Contains) || !node.Inputs.Any(others.ContainsKey)) continue;
            var inputs = node.Inputs.Select(input => others.TryGetValue(input, out var other) ? other : input).ToArray();
            var outputs = computation.AddMany(node.Operation, node.Outputs.Select(value => value.Hint + "OfPartner").ToArray(), inputs);
            for (int i = 0; i < outputs.Count; i++) others[node.Outputs[i]] = outputs[i];
        }

        return others.TryGetValue(result, out var second) ? second : result;
    }

    /// <summary>Whether a value depends on another.</summary>
    public static bool Reaches(Computation computation, Value source, Value result) => Needed(computation, result).Contains(source);

    private static HashSet<Value> Needed(Computation computation, Value result)
    {
        var needed = new HashSet<Value> { result };
        foreach (var node in computation.Nodes.Reverse())
            if (node.Outputs.Any(needed.Contains)) needed.UnionWith(node.Inputs);
        return needed;
    }
}
