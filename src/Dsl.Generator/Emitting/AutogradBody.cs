using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Emitting;

/// <summary>Operations as statements in TorchSharp's API. A dispose scope around them frees what they make.</summary>
internal sealed class AutogradBody(CodeWriter code)
{
    private string? _section;

    public static string Name(Value value) => value.Producer.Operation is Leaf leaf ? leaf.Member : value.Name;

    public void Write(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes.Where(node => !node.Operation.IsLeaf))
        {
            if (node.Section is not null && node.Section != _section)
            {
                code.Line();
                code.Line($"// {node.Section}");
                _section = node.Section;
            }

            string expression = node.Operation.Autograd(new Spelling(node, Name));

            // TorchSharp returns the first of an operation's results; the others are for derivatives.
            if (node.Operation.AutogradGivesAll)
            {
                code.Assign(
                    $"var ({string.Join(", ", node.Outputs.Select(value => value.Name))})", expression,
                    string.Join(", ", node.Outputs.Select(value => value.Shape)));
            }
            else if (node.Outputs.Count == 0)
            {
                code.Line($"{expression};");
            }
            else
            {
                code.Assign($"var {node.Output.Name}", expression, node.Output.Shape.ToString());
            }
        }
    }
}
