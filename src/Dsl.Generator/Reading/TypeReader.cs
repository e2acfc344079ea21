using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Reading;

/// <summary>The class that carries a declaration.</summary>
internal static class TypeReader
{
    public static TypeDeclaration Read(INamedTypeSymbol type, AttributeReader attributes, Compilation compilation, CancellationToken cancellation)
    {
        bool partial = type.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellation))
            .OfType<BaseTypeDeclarationSyntax>()
            .All(declaration => declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
        bool source = type.DeclaringSyntaxReferences.Length > 0;

        // In a referenced assembly the base class is the one that the compiler gave.
        string? baseClass = source && type.BaseType is { SpecialType: not SpecialType.System_Object } parent ? parent.ToDisplayString() : null;
        return new TypeDeclaration(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            type.Name,
            SyntaxFacts.GetText(type.DeclaredAccessibility),
            partial,
            type is { ContainingType: null, IsGenericType: false, IsStatic: false, IsRecord: false, IsFileLocal: false } && !IsTwice(type),
            source ? Hidden(type, compilation) : default,
            baseClass,
            source,
            attributes.NameSite())
        {
            Accepted = AcceptedWarnings.Read(type),
            IsClsChecked = source && AcceptedWarnings.IsClsChecked(type),
        };
    }

    /// <summary>Whether code is generated for a class twice, as a model and as a trainer.</summary>
    private static bool IsTwice(INamedTypeSymbol type)
    {
        var names = type.GetAttributes().Select(data => data.AttributeClass).Where(AttributeReader.IsOfThisLanguage).Select(attribute => attribute!.Name).ToList();
        return names.Contains(nameof(ModelAttribute)) && names.Contains("TrainerAttribute");
    }

    /// <summary>The names that generated code imports and that mean something else where the class stands: what a namespace declares comes first.</summary>
    private static EquatableArray<string> Hidden(INamedTypeSymbol type, Compilation compilation)
    {
        List<string>? hidden = null;
        for (INamespaceSymbol? space = type.ContainingNamespace; space is not null; space = space.ContainingNamespace)
        {
            var merged = compilation.GetCompilationNamespace(space) ?? space;
            if (ImportedNames.Namespaces.Contains(merged.ToDisplayString())) continue;
            foreach (string name in ImportedNames.All)
            {
                if (merged.GetMembers(name).Any(member => member is INamespaceSymbol || compilation.IsSymbolAccessibleWithin(member, type)))
                    (hidden ??= []).Add(name);
            }
        }

        return hidden is null ? default : new EquatableArray<string>(hidden);
    }

    public static string FullName(INamedTypeSymbol type) => type.ToDisplayString();
}
