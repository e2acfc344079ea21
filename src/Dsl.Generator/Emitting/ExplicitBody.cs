using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;

namespace Dsl.Generator.Emitting;

/// <summary>Operations as statements in TorchSharp's API and <c>Aten</c>: each result a local, freed after its last use.</summary>
/// <param name="code">Where to write.</param>
/// <param name="plan">What happens in place and when tensors are freed.</param>
/// <param name="known">Names of values from outside.</param>
/// <param name="saved">Members in which values are kept for the backward pass.</param>
/// <param name="backward">Operations whose section is announced as a backward one.</param>
internal sealed class ExplicitBody(
    CodeWriter code, PlanMemory plan, IReadOnlyDictionary<Value, string> known, IReadOnlyDictionary<Value, string> saved,
    ISet<Node> backward)
{
    private readonly Dictionary<Value, string> _names = known.ToDictionary(pair => pair.Key, pair => pair.Value);
    private string? _section;

    /// <summary>The C# name of a value.</summary>
    public string Name(Value value) => _names.TryGetValue(value, out string? name) ? name
        : value.Producer.Operation is Leaf leaf ? leaf.Member
        : value.Name;

    public void Write(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes.Where(node => !node.Operation.IsLeaf)) Write(node);
    }

    private void Write(Node node)
    {
        string? section = node.Section is not null && backward.Contains(node) ? $"{node.Section}, backward" : node.Section;
        if (section is not null && section != _section)
        {
            code.Line();
            code.Line($"// {section}");
            _section = section;
        }

        var spelling = new Spelling(node, Name);
        if (plan.IsInPlace(node))
        {
            // What works in place returns its argument: the old name is dead from here on.
            string keep = saved.TryGetValue(node.Output, out string? member) ? $"{member} = " : "";
            code.Assign($"Tensor {node.Output.Name}", keep + node.Operation.ExplicitInPlace(spelling), node.Output.Shape.ToString());
        }
        else if (node.Outputs.Count == 0)
        {
            code.Line($"{node.Operation.Explicit(spelling)};");
        }
        else if (node.Outputs.Count == 1)
        {
            string keep = saved.TryGetValue(node.Output, out string? member) ? $"{member} = " : "";
            string target = node.Operation.Results([$"Tensor {node.Output.Name}"]);
            code.Assign(target, keep + node.Operation.Explicit(spelling), node.Output.Shape.ToString());
        }
        else
        {
            string targets = node.Operation.Results(node.Outputs.Select(value => $"Tensor {value.Name}").ToList());
            code.Assign(targets, node.Operation.Explicit(spelling), node.Output.Shape.ToString());
            foreach (var value in node.Outputs)
                if (saved.TryGetValue(value, out string? member)) code.Line($"{member} = {value.Name};");
        }

        Free(plan.FreedAfter(node));
    }

    public void Free(IEnumerable<Value> values)
    {
        string line = string.Join(" ", values.Select(value => $"{Name(value)}.Dispose();").Distinct());
        if (line.Length > 0) code.Line(line);
    }
}
