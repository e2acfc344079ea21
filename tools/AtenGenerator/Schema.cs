namespace AtenGenerator;

/// <summary>A type as a schema spells it.</summary>
/// <param name="Name">The element's type: <c>Tensor</c>, <c>int</c>, <c>Scalar</c>, ...</param>
/// <param name="IsList">Whether it is a list of that.</param>
/// <param name="IsElementOptional">Whether elements of the list may be missing (<c>Tensor?[]</c>).</param>
/// <param name="IsOptional">Whether the whole may be missing.</param>
/// <param name="IsWritten">Whether the operator writes into it (<c>Tensor(a!)</c>).</param>
public sealed record SchemaType(string Name, bool IsList, bool IsElementOptional, bool IsOptional, bool IsWritten);

/// <summary>A parameter of an operator.</summary>
public sealed record SchemaParameter(SchemaType Type, string Name, string? Default, bool IsKeywordOnly)
{
    /// <summary>Whether this is where an out variant puts its result.</summary>
    public bool IsOut => IsKeywordOnly && Type.IsWritten;
}

/// <summary>A result of an operator; many have no name.</summary>
public sealed record SchemaResult(SchemaType Type, string? Name);

/// <summary>An operator as libtorch declares it.</summary>
public sealed record Schema(
    string Text,
    string Name,
    string Overload,
    IReadOnlyList<SchemaParameter> Parameters,
    IReadOnlyList<SchemaResult> Results)
{
    /// <summary>Namespace, name and overload as in operators.txt, without <c>aten::</c>.</summary>
    public string Key => Overload.Length == 0 ? Name : $"{Name}.{Overload}";

    /// <summary>Whether results are written into given tensors.</summary>
    public bool IsOutVariant => Parameters.Any(parameter => parameter.IsOut);

    /// <summary>The results that are new values, not the tensors that were written into.</summary>
    public IReadOnlyList<SchemaResult> NewResults => [.. Results.Where(result => !result.Type.IsWritten)];
}
