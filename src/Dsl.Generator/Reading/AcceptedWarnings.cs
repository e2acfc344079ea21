using System.Linq;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Reading;

/// <summary>
/// The warnings and errors that C# gives wherever a type is named: it is obsolete, or experimental. Who trains it has accepted
/// them in their own file, and cannot in a generated one.
/// </summary>
internal static class AcceptedWarnings
{
    /// <summary>The ids, of the type and of the methods of it that generated code calls.</summary>
    public static EquatableArray<string> Read(INamedTypeSymbol type)
    {
        var called = type.GetMembers().OfType<IMethodSymbol>()
            .Where(method => method.Name == "Forward" || MethodReader.CarriesLayers(method));
        ISymbol?[] named = [type, type.ContainingModule, type.ContainingAssembly, .. called];
        var ids = named.OfType<ISymbol>().SelectMany(symbol => symbol.GetAttributes()).Select(Id).OfType<string>().Distinct()
            .OrderBy(id => id, System.StringComparer.Ordinal).ToList();
        return ids.Count == 0 ? default : new EquatableArray<string>(ids);
    }

    private static string? Id(AttributeData attribute)
    {
        string? own = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "DiagnosticId").Value.Value as string;
        string? first = attribute.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Primitive,
            Value: string text } ? text : null;
        return attribute.AttributeClass?.ToDisplayString() switch
        {
            "System.ObsoleteAttribute" => own ?? (first is null ? "CS0612" : "CS0618"),
            "System.Diagnostics.CodeAnalysis.ExperimentalAttribute" => first,
            _ => null,
        };
    }

    /// <summary>Whether C# asks that every language of .NET can call a type's public members, which take tensors.</summary>
    public static bool IsClsChecked(INamedTypeSymbol type) => type.DeclaredAccessibility == Accessibility.Public
        && Compliance(type) is null && (Compliance(type.ContainingAssembly) ?? Compliance(type.ContainingModule)) == true;

    private static bool? Compliance(ISymbol symbol) => symbol.GetAttributes()
        .FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == "System.CLSCompliantAttribute")
        ?.ConstructorArguments.FirstOrDefault().Value as bool?;
}
