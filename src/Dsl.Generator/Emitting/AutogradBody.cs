using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Emitting.Blocks;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Emitting;

/// <summary>Operations as statements in TorchSharp's API. A dispose scope around them frees what they make.</summary>
/// <param name="code">Where to write.</param>
/// <param name="known">Names of values that are not called by their own; null for none.</param>
/// <param name="scope">How what lies in a block is called there; null outside of blocks.</param>
internal sealed class AutogradBody(CodeWriter code, IReadOnlyDictionary<Value, string>? known = null, BlockScope? scope = null)
{
    private string? _section;

    /// <summary>What a value is called where nothing else is said.</summary>
    public static string Name(Value value) => value.Producer.Operation is Leaf leaf ? leaf.Member : value.Name;

    /// <summary>The C# name of a value.</summary>
    public string NameOf(Value value) => known is not null && known.TryGetValue(value, out string? name) ? name : Name(value);

    /// <summary>Announces a section, unless it goes on.</summary>
    public void Begin(string section)
    {
        if (section == _section) return;
        code.Line();
        code.Line($"// {section}");
        _section = section;
    }

    public void Write(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes.Where(node => !node.Operation.IsLeaf))
        {
            if ((scope is null ? node.Section : scope.Section(node)) is { } section) Begin(section);
            string expression = node.Operation.Autograd(new Spelling(node, NameOf));

            // TorchSharp returns the first of an operation's results; the others are for derivatives.
            if (node.Operation.AutogradGivesAll)
            {
                code.Assign(
                    $"var ({string.Join(", ", node.Outputs.Select(NameOf))})", expression,
                    string.Join(", ", node.Outputs.Select(value => value.Remark)));
            }
            else if (node.Outputs.Count == 0)
            {
                code.Line($"{expression};");
            }
            else
            {
                code.Assign($"var {NameOf(node.Output)}", expression, node.Output.Remark);
            }
        }
    }
}
