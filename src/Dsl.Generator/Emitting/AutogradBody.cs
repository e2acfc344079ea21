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

            var spelling = new Spelling(node, Name);
            if (node.Outputs.Count == 0)
            {
                code.Line($"{node.Operation.Autograd(spelling)};");
                continue;
            }

            // TorchSharp returns the first of an operation's results; the others are, as a rule, for derivatives.
            foreach (var (expression, value) in node.Operation.AutogradResults(spelling).Zip(node.Outputs, (expression, value) => (expression, value)))
                Assign(value, expression);
        }
    }

    private void Assign(Value value, string expression)
    {
        if (expression.Length <= 110)
        {
            code.Line($"var {value.Name} = {expression};  // {value.Shape}");
        }
        else
        {
            code.Line($"var {value.Name} =  // {value.Shape}");
            code.Line($"    {expression};");
        }
    }
}
