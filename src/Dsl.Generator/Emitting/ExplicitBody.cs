using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Emitting.Blocks;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;

namespace Dsl.Generator.Emitting;

/// <summary>Operations as statements in TorchSharp's API and <c>Aten</c>: each result a local, freed after its last
/// use.</summary>
/// <param name="code">Where to write.</param>
/// <param name="plan">What happens in place and when tensors are freed.</param>
/// <param name="known">Names of values from outside.</param>
/// <param name="saved">Members in which values are kept for the backward pass.</param>
/// <param name="backward">Operations whose section is announced as a backward one.</param>
/// <param name="scope">How what lies in a block is called there; null outside of blocks.</param>
internal sealed class ExplicitBody(
    CodeWriter code, PlanMemory plan, IReadOnlyDictionary<Value, string> known, IReadOnlyDictionary<Value, string> saved,
    ISet<Node> backward, BlockScope? scope = null)
{
    private readonly Dictionary<Value, string> _names = known.ToDictionary(pair => pair.Key, pair => pair.Value);
    private string? _section;

    /// <summary>Whether what belongs together is announced.</summary>
    public bool HasSections { get; init; } = true;

    /// <summary>The C# name of a value.</summary>
    public string Name(Value value) => _names.TryGetValue(value, out string? name) ? name
        : value.Producer.Operation is Leaf leaf ? leaf.Member
        : value.Name;

    public void Write(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes.Where(node => !node.Operation.IsLeaf)) Write(node);
    }

    /// <summary>Announces a section, unless it goes on.</summary>
    public void Begin(string section)
    {
        if (section == _section || !HasSections) return;
        code.Line();
        code.Line($"// {section}");
        _section = section;
    }

    private void Write(Node node)
    {
        string? section = scope is null ? node.Section : scope.Section(node);
        if (section is not null) Begin(backward.Contains(node) ? $"{section}, backward" : section);
        var operation = scope is null ? node.Operation : scope.Spelled(node.Operation);
        var spelling = new Spelling(node, Name);
        if (plan.IsInPlace(node))
        {
            // What works in place returns its argument: the old name is dead from here on.
            string keep = saved.TryGetValue(node.Output, out string? member) ? $"{member} = " : "";
            code.Assign($"Tensor {Name(node.Output)}", keep + operation.ExplicitInPlace(spelling), node.Output.Remark);
        }
        else if (operation is IAccumulation && node.Outputs.Count == 0)
        {
            code.Statements(Frees(plan.FreedAfter(node)).Prepend($"{operation.Explicit(spelling)};"));
            return;
        }
        else if (node.Outputs.Count == 0)
        {
            code.Line($"{operation.Explicit(spelling)};");
        }
        else if (node.Outputs.Count == 1)
        {
            string keep = saved.TryGetValue(node.Output, out string? member) ? $"{member} = " : "";
            string target = operation.Results([$"Tensor {Name(node.Output)}"]);
            code.Assign(target, keep + operation.Explicit(spelling), node.Output.Remark);
        }
        else
        {
            string targets = operation.Results(node.Outputs.Select(value => $"Tensor {Name(value)}").ToList());
            code.Assign(targets, operation.Explicit(spelling), node.Output.Remark);
            foreach (var value in node.Outputs)
                if (saved.TryGetValue(value, out string? member)) code.Line($"{member} = {Name(value)};");
        }

        Free(plan.FreedAfter(node));
    }

    public void Free(IEnumerable<Value> values) => code.Statements(Frees(values));

    private IEnumerable<string> Frees(IEnumerable<Value> values) =>
        values.Where(value => scope?.Frees(value) != false)
            .Select(value => $"{Name(value)}.{plan.Ending(value)}();").Distinct();
}
