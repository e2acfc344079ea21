using System.Globalization;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Inspect.Stages;

/// <summary>An operation of the intermediate representation as a line of text.</summary>
internal static class OperationText
{
    /// <summary><c>linear1 [N, 10] = Linear(relu0, linear1Weight)</c>.</summary>
    public static string Of(Node node)
    {
        string results = string.Join(
            ", ", node.Outputs.Select(value => $"{value.Name} {value.Shape}{Element(value.Type.Element)}"));
        string inputs = string.Join(", ", node.Inputs.Select(value => value.Name));
        string operation = node.Operation is Leaf leaf ? $"{leaf.GetType().Name} {leaf.Member}"
            : $"{node.Operation.GetType().Name}{Attributes(node.Operation)}({inputs})";
        return results.Length == 0 ? operation : $"{results} = {operation}";
    }

    private static string Element(ElementType type) => type == ElementType.Float ? "" : $" {type.ToString().ToLowerInvariant()}";

    /// <summary>What the operation's definition takes, which is what two equal operations agree in.</summary>
    private static string Attributes(Operation operation)
    {
        var type = operation.GetType();
        var parameters = type.GetConstructors()[0].GetParameters();
        var texts = parameters
            .Select(parameter => (Name: parameter.Name!, Value: Written(type.GetProperty(parameter.Name!)?.GetValue(operation))))
            .Where(pair => pair.Value.Length > 0)
            .Select(pair => $"{pair.Name} = {pair.Value}").ToList();
        return texts.Count == 0 ? "" : $" {{ {string.Join(", ", texts)} }} ";
    }

    private static string Written(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        Scalar scalar => scalar.Code,
        TensorType type => type.Shape.ToString(),
        System.Collections.IEnumerable items when items.Cast<object>().ToList() is var list =>
            list.Count == 0 ? "" : $"[{string.Join(", ", list.Select(Written))}]",
        NetworkFeature feature => feature.Member,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
