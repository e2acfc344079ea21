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
    public static TypeDeclaration Read(
        INamedTypeSymbol type, AttributeReader attributes, Compilation compilation, CancellationToken cancellation)
    {
        bool partial = type.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellation))
            .OfType<BaseTypeDeclarationSyntax>()
            .All(declaration => declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
        bool source = type.DeclaringSyntaxReferences.Length > 0;

        // In a referenced assembly the base class is the one that the compiler gave.
        bool isOwn = type.BaseType is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) };
        string? baseClass = source && isOwn ? type.BaseType!.ToDisplayString() : null;
        return new TypeDeclaration(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            type.Name,
            SyntaxFacts.GetText(type.DeclaredAccessibility),
            partial,
            Problem(type) is null,
            source ? HiddenNames.Read(type, compilation, cancellation) : default,
            baseClass,
            source,
            attributes.NameSite())
        {
            Problem = Problem(type),
            Accepted = AcceptedWarnings.Read(type),
            IsClsChecked = source && AcceptedWarnings.IsClsChecked(type),
            HasPrimaryConstructor = !type.IsRecord && type.DeclaringSyntaxReferences
                .Any(reference => reference.GetSyntax(cancellation) is TypeDeclarationSyntax { ParameterList: not null }),
            LooseConstructor = source ? LooseConstructor(type, cancellation) : null,
            HasUnknownAttribute = source && type.GetAttributes()
                .Any(data => data.AttributeClass is null or { TypeKind: TypeKind.Error } or { IsAbstract: true }),
            RequiredMember = type.GetMembers()
                .FirstOrDefault(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })?
                .Name,
        };
    }

    // The first of them: with another one left, the next message names that.
    private static string? Problem(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? $"is nested in '{outer.Name}', where no second part can be added: move it out of it"
        : type.TypeKind == TypeKind.Interface ? "is an interface, which has no parameters: write class"
        : type.TypeKind == TypeKind.Struct ? "is a struct, which is copied wherever it is passed: write class"
        : type.IsFileLocal ? "is local to its file, and its second part stands in another: remove file"
        : type.IsRecord ? "is a record, which compares by value what is trained in place: write class"
        : type.IsGenericType ? "is generic, which would be a network for each type argument: declare a class for each"
        : type.IsStatic ? "is static, so that nobody could make one: remove static"
        : type is { TypeKind: TypeKind.Class, IsAbstract: true } ? "is abstract, so that nobody could make one: remove abstract"
        : IsTwice(type) ? "is both model and trainer: declare two classes"
        : null;

    // Every constructor leads to a generated one, which makes what the class consists of, or makes an empty object.
    private static string? LooseConstructor(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.InstanceConstructors.SelectMany(constructor => constructor.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax(cancellation)).OfType<ConstructorDeclarationSyntax>()
            .Where(constructor => constructor.Initializer is null or { RawKind: (int)SyntaxKind.BaseConstructorInitializer })
            .Select(constructor => constructor.Identifier.ValueText + constructor.ParameterList.NormalizeWhitespace())
            .FirstOrDefault();

    /// <summary>Whether code is generated for a class twice, as a model and as a trainer.</summary>
    private static bool IsTwice(INamedTypeSymbol type)
    {
        var names = type.GetAttributes().Select(data => data.AttributeClass).Where(AttributeReader.IsOfThisLanguage)
            .Select(attribute => attribute!.Name).ToList();
        return names.Contains(nameof(ModelAttribute)) && names.Contains("TrainerAttribute");
    }

    public static string FullName(INamedTypeSymbol type) => type.ToDisplayString();
}
