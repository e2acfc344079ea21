using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Reading;

/// <summary>The names that generated code imports and that mean something else where a class stands.</summary>
internal static class HiddenNames
{
    public static EquatableArray<HiddenName> Read(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var names = ImportedNames.Of(compilation);
        List<HiddenName> hidden = [.. ByMembers(type, names), .. ByTrainerMembers(type, compilation),
            .. ByNamespaces(type, names, compilation), .. ByGlobalUsings(type, names, compilation, cancellation)];
        return hidden.Count == 0 ? default : new EquatableArray<HiddenName>(hidden);
    }

    /// <summary>What the user's own part declares comes first of all.</summary>
    private static IEnumerable<HiddenName> ByMembers(INamedTypeSymbol type, HashSet<string> names) => type.GetMembers()
        .Where(member => names.Contains(member.Name) && member.Name != type.Name && !IsNamedAfterItsType(member))
        .Select(member => new HiddenName(member.Name, HiddenBy.Member, type.Name));

    /// <summary>What the user's part of a trainer declares comes before what the trainer inherits.</summary>
    private static IEnumerable<HiddenName> ByTrainerMembers(INamedTypeSymbol type, Compilation compilation)
    {
        if (!type.GetAttributes().Any(attribute => attribute.AttributeClass?.MetadataName == "TrainerAttribute`1")
            || compilation.GetTypeByMetadataName("Dsl.Runtime.Trainer") is not { } trainer) return [];
        return type.GetMembers()
            .Where(member => trainer.GetMembers(member.Name).Any(inherited =>
                inherited.DeclaredAccessibility != Accessibility.Private && Hides(member, inherited)))
            .Select(member => new HiddenName(member.Name, HiddenBy.Member, type.Name));
    }

    // A method stands beside one that takes other arguments.
    private static bool Hides(ISymbol member, ISymbol inherited) =>
        member is not IMethodSymbol own || inherited is not IMethodSymbol other
        || own.Parameters.Select(parameter => parameter.Type).SequenceEqual(
            other.Parameters.Select(parameter => parameter.Type), SymbolEqualityComparer.Default);

    // Where a name is a member and the member's type alike, C# takes it for what fits.
    private static bool IsNamedAfterItsType(ISymbol member) => member switch
    {
        IPropertySymbol property => Is(property.Type, member.Name),
        IFieldSymbol field => Is(field.Type, member.Name),
        _ => false,
    };

    private static bool Is(ITypeSymbol type, string name) =>
        NumberTypes.Underlying(type) is { } own && own.Name == name && Imports(own.ContainingSymbol);

    private static bool Imports(ISymbol container) =>
        container.ToDisplayString() is "TorchSharp.torch" || ImportedNames.Namespaces.Contains(container.ToDisplayString());

    /// <summary>What a namespace declares comes before what a file imports.</summary>
    private static IEnumerable<HiddenName> ByNamespaces(
        INamedTypeSymbol type, HashSet<string> names, Compilation compilation)
    {
        for (INamespaceSymbol? space = type.ContainingNamespace; space is not null; space = space.ContainingNamespace)
        {
            var merged = compilation.GetCompilationNamespace(space) ?? space;
            if (ImportedNames.Namespaces.Contains(merged.ToDisplayString())) continue;
            foreach (string name in names)
            {
                if (merged.GetMembers(name)
                    .Any(member => member is INamespaceSymbol || compilation.IsSymbolAccessibleWithin(member, type)))
                    yield return new HiddenName(name, HiddenBy.Namespace, merged.ToDisplayString());
            }
        }
    }

    /// <summary>
    /// What every file of a project imports stands beside what a generated file does, and a name for something else before it.
    /// </summary>
    private static IEnumerable<HiddenName> ByGlobalUsings(
        INamedTypeSymbol type, HashSet<string> names, Compilation compilation, CancellationToken cancellation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (tree.GetRoot(cancellation) is not CompilationUnitSyntax unit) continue;
            foreach (var item in unit.Usings.Where(item => item.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword)))
            {
                if (item.Alias?.Name.Identifier.ValueText is { } alias)
                {
                    // Two aliases of a name are an error, unless one stands in a namespace.
                    if (names.Contains(alias))
                        yield return Named(
                            alias, HiddenBy.Alias, type.ContainingNamespace.IsGlobalNamespace ? null : compilation);
                    continue;
                }

                if (item.Name is null) continue;
                var imported = compilation.GetSemanticModel(tree).GetSymbolInfo(item.Name, cancellation).Symbol;
                if (imported is not INamespaceOrTypeSymbol source || Imports(source)) continue;
                foreach (string name in names)
                {
                    if (source.GetTypeMembers(name)
                        .Any(member => member.Arity == 0 && compilation.IsSymbolAccessibleWithin(member, type)))
                        yield return Named(name, HiddenBy.Import, compilation) with { Culprit = source.ToDisplayString() };
                }
            }
        }
    }

    private static HiddenName Named(string name, HiddenBy by, Compilation? compilation) => new(name, by, name)
    {
        Meaning = ImportedNames.Namespaces.Select(space => compilation?.GetTypeByMetadataName($"{space}.{name}"))
            .Append(compilation?.GetTypeByMetadataName($"TorchSharp.torch+{name}")).FirstOrDefault(symbol => symbol is not null)
            ?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
    };
}
