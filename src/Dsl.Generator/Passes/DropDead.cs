using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Passes;

/// <summary>Removes operations without effect whose results nobody reads.</summary>
internal static class DropDead
{
    /// <param name="roots">Values that are read outside of the computation.</param>
    public static void Run(Computation computation, IEnumerable<Value> roots)
    {
        var live = new HashSet<Value>(roots);
        var kept = new List<Node>();
        foreach (var node in computation.Nodes.Reverse())
        {
            if (!node.Operation.HasEffect && !node.Outputs.Any(live.Contains)) continue;
            live.UnionWith(node.Inputs);
            kept.Add(node);
        }

        kept.Reverse();
        computation.Replace(kept);
    }
}
