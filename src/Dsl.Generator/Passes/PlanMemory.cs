using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Passes;

/// <summary>
/// Decides for the operations of one method which results are written over their input, and after which operation each
/// tensor is freed.
/// </summary>
internal sealed class PlanMemory
{
    private readonly Dictionary<Value, Value> _storage = [];
    private readonly HashSet<Node> _inPlace = [];
    private readonly Dictionary<Node, List<Value>> _freed = [];
    private readonly HashSet<Value> _viewed;

    /// <param name="nodes">The operations in order.</param>
    /// <param name="escaping">Values that outlive the method: returned, or saved for the backward pass.</param>
    /// <param name="owned">Values from outside that the method frees: what the forward pass saved.</param>
    /// <param name="viewed">Of these, what there are views of elsewhere that a step's memory does not know; null for
    /// none.</param>
    public PlanMemory(
        IReadOnlyList<Node> nodes, IReadOnlyCollection<Value> escaping, IReadOnlyCollection<Value> owned,
        IEnumerable<Value>? viewed = null)
    {
        _viewed = [.. viewed ?? []];
        var lastUse = new Dictionary<Value, int>();
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (var value in nodes[i].Inputs.Concat(nodes[i].Outputs)) lastUse[value] = i;
            if (!nodes[i].Operation.IsView) continue;
            foreach (var value in nodes[i].Outputs) _storage[value] = Storage(nodes[i].Inputs[0]);
        }

        var produced = new HashSet<Value>(nodes.Where(node => !node.Operation.IsLeaf).SelectMany(node => node.Outputs));
        var sharing = produced.ToLookup(Storage);
        var survivors = new HashSet<Value>(escaping);
        for (int i = 0; i < nodes.Count; i++)
        {
            var node = nodes[i];
            // Numbers without dimensions are not worth a name that means two things.
            if (node.Operation.IsLeaf || node.Inputs.Count == 0 || node.Outputs.Count != 1 || node.Output.Shape.Rank == 0)
                continue;
            Value input = node.Inputs[0];
            Value root = Storage(input);
            if (IsRepeated(input)) continue;
            bool dies = produced.Contains(root) && produced.Contains(input)
                && node.Inputs.Skip(1).All(other => Storage(other) != root)
                && sharing[root].All(value => lastUse[value] <= i && !survivors.Contains(value));
            if (!dies || node.Operation.ExplicitInPlace(new Spelling(node, value => value.Name)) is null) continue;
            _inPlace.Add(node);

            // From here on the result stands for the input: it is the one that lives on and is freed.
            lastUse[input] = -1;
        }

        // What is written over its input lies where that does.
        foreach (var node in _inPlace) _storage[node.Output] = Storage(node.Inputs[0]);
        sharing = produced.Concat(owned).ToLookup(Storage);
        foreach (var value in produced.Concat(owned))
        {
            if (survivors.Contains(value) || !lastUse.TryGetValue(value, out int last) || last < 0) continue;
            if (sharing[Storage(value)].Any(IsUnknownView)) _viewed.Add(value);
            if (!_freed.TryGetValue(nodes[last], out var list)) _freed.Add(nodes[last], list = []);
            list.Add(value);
        }
    }

    public bool IsInPlace(Node node) => _inPlace.Contains(node);

    /// <summary>How a value is freed: the place of one cannot go to another while a view lives on that a step's memory does not
    /// know.</summary>
    public string Ending(Value value) => _viewed.Contains(value) ? "Dispose" : "Free";

    /// <summary>What is freed after an operation.</summary>
    public IReadOnlyList<Value> FreedAfter(Node node) => _freed.TryGetValue(node, out var values) ? values : [];

    private static bool IsUnknownView(Value value) => value.Producer.Operation is { IsView: true, IsKnownView: false };

    private static bool IsRepeated(Value value) => value.Producer.Operation.IsRepeated
        || (value.Producer.Operation.IsView && IsRepeated(value.Producer.Inputs[0]));

    private Value Storage(Value value) => _storage.TryGetValue(value, out var root) ? Storage(root) : value;
}
