using System.Globalization;

namespace AtenGenerator;

/// <summary>A parameter of a generated method: its C# type, how it is passed, and what keeps it alive across the call.</summary>
public sealed record Parameter(string Type, string Name, string? Default, string Value)
{
    /// <summary>The elements' C# type, where the parameter is a span that must be pinned.</summary>
    public string? PinnedElement { get; private init; }

    /// <summary>Whether the parameter is a span of tensors.</summary>
    public bool IsTensorList { get; private init; }

    /// <summary>Whether the garbage collector must not release it during the call.</summary>
    public bool IsKeptAlive { get; private init; }

    /// <summary>The name without the @ that C# keywords need, for locals derived from it.</summary>
    public string PlainName => Name.TrimStart('@');

    private static readonly HashSet<string> Keywords =
        ["as", "base", "bool", "checked", "default", "else", "event", "fixed", "float", "implicit", "in", "int", "is", "lock", "long", "object", "out", "params",
        "ref", "sizeof", "string", "this", "unsafe"];

    /// <summary>The C# parameter for a schema's.</summary>
    /// <exception cref="NotSupportedException">The type cannot be passed.</exception>
    public static Parameter From(SchemaParameter source)
    {
        var name = Keywords.Contains(source.Name) ? "@" + source.Name : source.Name;
        return source.Type.IsList ? List(source, name) : Single(source, name);
    }

    private static Parameter Single(SchemaParameter source, string name)
    {
        var optional = source.Type.IsOptional;
        var (type, value) = source.Type.Name switch
        {
            "Tensor" => ("Tensor", optional ? $"Value.OfOptional({name})" : $"Value.Of({name})"),
            "Device" => ("Device", optional ? $"Value.OfOptional({name})" : $"Value.Of({name})"),
            "Generator" => ("Generator", optional ? $"Value.OfOptional({name})" : throw Unsupported(source)),
            "Scalar" => ("Number", $"Value.Of({name})"),
            "int" or "SymInt" => ("long", $"Value.Of({name})"),
            "float" => ("double", $"Value.Of({name})"),
            "bool" => ("bool", $"Value.Of({name})"),
            "str" => ("string", optional ? $"Value.OfOptional({name})" : $"Value.Of({name})"),
            "ScalarType" or "Layout" or "MemoryFormat" => (source.Type.Name, $"Value.Of({name})"),
            _ => throw Unsupported(source),
        };
        return new Parameter(optional ? type + "?" : type, name, DefaultOf(source), value)
        {
            IsKeptAlive = type is "Tensor" or "Generator",
        };
    }

    private static Parameter List(SchemaParameter source, string name)
    {
        var plain = name.TrimStart('@');
        if (source.Type.Name == "Tensor")
        {
            var optional = source.Type.IsElementOptional ? "true" : "false";
            var nullable = source.Type.IsElementOptional ? "?" : "";
            return new($"ReadOnlySpan<Tensor{nullable}>", name, null, $"Value.Of({plain}Pointer, {name}.Length, optional: {optional})")
            {
                IsTensorList = true,
            };
        }

        var element = source.Type.Name switch
        {
            "int" or "SymInt" => "long",
            "float" => "double",
            "bool" => "bool",
            "Scalar" => "Number",
            _ => throw Unsupported(source),
        };
        // An empty span stands for what was not given: None, or the schema's default.
        var given = $"Value.Of({plain}Pointer, {name}.Length)";
        var value = source.Type.IsOptional ? $"{name}.IsEmpty ? Value.None : {given}"
            : source.Default is not null ? $"{name}.IsEmpty ? default : {given}"
            : given;
        return new Parameter($"ReadOnlySpan<{element}>", name, source.Default is null ? null : "default", value)
        {
            PinnedElement = element,
        };
    }

    private static string? DefaultOf(SchemaParameter source) => (source.Default, source.Type.Name) switch
    {
        (null, _) => null,
        ("None", _) => "null",
        (_, "Scalar") => source.Type.IsOptional ? null : "default",
        ("True" or "False", _) => source.Default == "True" ? "true" : "false",
        (_, "str") => "\"" + source.Default.Trim('"', '\'') + "\"",
        (_, "float") => double.Parse(source.Default, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        (_, "int" or "SymInt") => long.Parse(source.Default, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        // libtorch prints the defaults of these as their codes.
        ("0", "MemoryFormat") => "MemoryFormat.Contiguous",
        ("4", "ScalarType") => "ScalarType.Int64",
        (_, "MemoryFormat" or "ScalarType" or "Layout") => throw Unsupported(source),
        _ => null,
    };

    private static NotSupportedException Unsupported(SchemaParameter source) =>
        new($"parameter '{source.Name}' has the type {source.Type.Name}, which has no C# counterpart");
}
