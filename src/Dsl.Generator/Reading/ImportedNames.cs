using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Reading;

/// <summary>
/// What generated code imports by its using directives, and under which names it may use it. A namespace of the user's that has
/// one of these names would give it another meaning, since C# looks there first.
/// </summary>
internal static class ImportedNames
{
    public static readonly HashSet<string> Namespaces = ["System", "System.Collections.Generic", "System.Numerics",
        "Dsl.Runtime", "TorchSharp", "TorchSharp.Modules"];

    /// <summary>The names that are not of the runtime, of which all are used. A test holds the list.</summary>
    public static readonly string[] Foreign =
    [
        "ArgumentException", "ArgumentNullException", "ArgumentOutOfRangeException", "Array", "CPU", "Device", "Dictionary",
        "Exception", "Func", "Generator", "IDisposable", "IEnumerable", "IReadOnlyList", "InvalidOperationException", "Math",
        "NewDisposeScope", "PaddingModes", "Parameter", "ReadOnlySpan", "ScalarType", "Span", "Tensor", "Vector", "autograd",
        "cat", "enable_grad", "lerp", "nn", "no_grad", "ones", "tensor", "var", "where", "zeros",
    ];

    // References stay the same from edit to edit.
    private static readonly ConditionalWeakTable<INamespaceSymbol, HashSet<string>> Known = new();

    private static readonly HashSet<string> WithoutRuntime = new(Foreign, StringComparer.Ordinal);

    /// <summary>Those and the names of all public types of the runtime that a project refers to.</summary>
    public static HashSet<string> Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Dsl.Runtime.Trainer")?.ContainingNamespace is { } runtime
            ? Known.GetValue(runtime, Read) : WithoutRuntime;

    // In an order of its own: what is generated must not depend on that of a dictionary.
    private static HashSet<string> Read(INamespaceSymbol runtime) => new(
        runtime.GetTypeMembers().Where(type => type.DeclaredAccessibility == Accessibility.Public).Select(type => type.Name)
            .Concat(Foreign).OrderBy(name => name, StringComparer.Ordinal),
        StringComparer.Ordinal);
}
