using System.Globalization;
using System.Text;

namespace AtenGenerator;

/// <summary>Writes the C# method for one operator.</summary>
public sealed class MethodWriter(Schema schema, string methodName, int required, bool preferred)
{
    private readonly List<Parameter> inSchemaOrder = [.. schema.Parameters.Select(Parameter.From)];

    /// <summary>The parameter types that overload resolution sees, of the first so many parameters.</summary>
    public static string Signature(Schema schema, int count) =>
        string.Join(", ", Parameters(schema).Take(count).Select(parameter => parameter.Type.Replace("Tensor?", "Tensor", StringComparison.Ordinal)));

    /// <summary>How many leading parameters have no default in C#.</summary>
    public static int RequiredCount(Schema schema) => Parameters(schema).FindLastIndex(parameter => parameter.Default is null) + 1;

    /// <summary>Writes the cached handle and the method.</summary>
    public void Write(StringBuilder text)
    {
        var field = "s_" + schema.Key.Replace('.', '_');
        text.Append(CultureInfo.InvariantCulture, $"    private static nint {field};\n\n");
        text.Append(CultureInfo.InvariantCulture, $"    /// <summary><c>{Escape(schema.Text)}</c></summary>\n");
        if (preferred)
        {
            // x + 2 must not turn 2 into a tensor where TorchSharp converts numbers to tensors implicitly.
            text.Append("    [OverloadResolutionPriority(1)]\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"    public static {ReturnType()} {methodName}({ParameterList()})\n    {{\n");
        var indent = "        ";
        foreach (var list in inSchemaOrder.Where(parameter => parameter.IsTensorList))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{indent}var {list.PlainName}Handles = {list.Name}.Length <= TensorList.StackLength ? stackalloc nint[TensorList.StackLength] : new nint[{list.Name}.Length];\n");
            text.Append(CultureInfo.InvariantCulture, $"{indent}TensorList.Fill({list.Name}, {list.PlainName}Handles);\n");
        }

        var pinned = inSchemaOrder.Where(parameter => parameter.PinnedElement is not null || parameter.IsTensorList).ToList();
        foreach (var span in pinned)
        {
            var (element, source) = span.IsTensorList ? ("nint", span.PlainName + "Handles") : (span.PinnedElement!, span.Name);
            text.Append(CultureInfo.InvariantCulture, $"{indent}fixed ({element}* {span.PlainName}Pointer = {source})\n");
        }

        if (pinned.Count > 0)
        {
            text.Append(indent).Append("{\n");
            indent += "    ";
        }

        WriteCall(text, indent, field);
        if (pinned.Count > 0)
        {
            text.Append("        }\n");
        }

        text.Append("    }\n");
    }

    // Locals are camelCase: libtorch's parameters never are, so that none can collide.
    private void WriteCall(StringBuilder text, string indent, string field)
    {
        text.Append(CultureInfo.InvariantCulture, $"{indent}if ({field} == 0)\n{indent}{{\n");
        text.Append(CultureInfo.InvariantCulture,
            $"{indent}    {field} = Operator.Find(\"aten::{schema.Name}\"u8, \"{schema.Overload}\"u8);\n{indent}}}\n\n");
        var values = string.Join(", ", inSchemaOrder.Select(parameter => parameter.Value));
        var count = inSchemaOrder.Count;
        text.Append(count == 0
            ? $"{indent}Value* argumentValues = null;\n"
            : $"{indent}var argumentValues = stackalloc Value[] {{ {values} }};\n");
        var results = schema.NewResults.Count == 0 ? 0 : schema.Results.Count;
        switch (results)
        {
            case 0:
                text.Append(CultureInfo.InvariantCulture, $"{indent}Operator.Call({field}, argumentValues, {count}, null, 0);\n");
                break;
            case 1:
                text.Append(CultureInfo.InvariantCulture, $"{indent}Value resultValue;\n{indent}Operator.Call({field}, argumentValues, {count}, &resultValue, 1);\n");
                break;
            default:
                text.Append(CultureInfo.InvariantCulture,
                    $"{indent}var resultValues = stackalloc Value[{results}];\n{indent}Operator.Call({field}, argumentValues, {count}, resultValues, {results});\n");
                break;
        }

        foreach (var kept in inSchemaOrder.Where(parameter => parameter.IsKeptAlive))
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}GC.KeepAlive({kept.Name});\n");
        }

        foreach (var kept in inSchemaOrder.Where(parameter => parameter.IsTensorList))
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}TensorList.KeepAlive({kept.Name});\n");
        }

        if (results == 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}return {Reader(schema.Results[0])}(resultValue);\n");
        }
        else if (results > 1)
        {
            var read = schema.Results.Select((result, i) => $"{Reader(result)}(resultValues[{i}])");
            text.Append(CultureInfo.InvariantCulture, $"{indent}return ({string.Join(", ", read)});\n");
        }
    }

    private string ReturnType()
    {
        if (schema.NewResults.Count == 0)
        {
            return "void";
        }

        if (schema.NewResults.Count != schema.Results.Count)
        {
            throw new NotSupportedException($"{schema.Key} mixes new results with written ones");
        }

        var types = schema.Results.Select(result => (Type: ResultType(result), result.Name)).ToList();
        return types.Count == 1
            ? types[0].Type
            : "(" + string.Join(", ", types.Select(type => type.Name is null ? type.Type : $"{type.Type} {type.Name}")) + ")";
    }

    private string ParameterList()
    {
        return string.Join(", ", Parameters(schema).Select((parameter, i) =>
            $"{parameter.Type} {parameter.Name}" + (i >= required ? $" = {parameter.Default}" : "")));
    }

    /// <summary>What an out variant writes into comes first, as in libtorch's C++ functions.</summary>
    private static List<Parameter> Parameters(Schema schema) =>
        [.. schema.Parameters.OrderBy(parameter => parameter.IsOut ? 0 : 1).Select(Parameter.From)];

    private static string ResultType(SchemaResult result) => (result.Type.Name, result.Type.IsList) switch
    {
        ("Tensor", false) => "Tensor",
        ("Tensor", true) => "Tensor[]",
        ("bool", false) => "bool",
        ("int" or "SymInt", false) => "long",
        ("float", false) => "double",
        ("Scalar", false) => "Number",
        _ => throw new NotSupportedException($"a result has the type {result.Type.Name}, which has no C# counterpart"),
    };

    private static string Reader(SchemaResult result) => ResultType(result) switch
    {
        "Tensor" => "Result.Tensor",
        "Tensor[]" => "Result.Tensors",
        "bool" => "Result.Boolean",
        "long" => "Result.Integer",
        "double" => "Result.Floating",
        _ => "Result.Number",
    };

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
