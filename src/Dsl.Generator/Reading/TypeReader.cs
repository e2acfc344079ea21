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
            source ? HiddenNames.Read(type, compilation, cancellation) : default,
            baseClass,
            source,
            attributes.NameSite())
        {
            Accepted = AcceptedWarnings.Read(type),
            IsClsChecked = source && AcceptedWarnings.IsClsChecked(type),
            HasPrimaryConstructor = !type.IsRecord && type.DeclaringSyntaxReferences
                .Any(reference => reference.GetSyntax(cancellation) is TypeDeclarationSyntax { ParameterList: not null }),
            RequiredMember = type.GetMembers()
                .FirstOrDefault(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })?
                .Name,
        };
    }

    /// <summary>Whether code is generated for a class twice, as a model and as a trainer.</summary>
    private static bool IsTwice(INamedTypeSymbol type)
    {
        var names = type.GetAttributes().Select(data => data.AttributeClass).Where(AttributeReader.IsOfThisLanguage).Select(attribute => attribute!.Name).ToList();
        return names.Contains(nameof(ModelAttribute)) && names.Contains("TrainerAttribute");
    }

    public static string FullName(INamedTypeSymbol type) => type.ToDisplayString();
}
