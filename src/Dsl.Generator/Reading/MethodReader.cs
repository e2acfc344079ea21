using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Reading;

/// <summary>The methods of a model that carry layers, and its <c>Forward</c>.</summary>
internal static class MethodReader
{
    private const string Forward = "Forward";

    /// <summary>The methods; null when none carries a layer.</summary>
    public static MethodForm? Read(
        INamedTypeSymbol type, Compilation compilation, List<SiteLocation> locations, CancellationToken cancellation)
    {
        // Members of a type stand in the order of their files and positions.
        var methods = type.GetMembers().OfType<IMethodSymbol>().Where(method => method.MethodKind == MethodKind.Ordinary)
            .ToList();
        var carrying = methods.Where(CarriesLayers).ToList();
        if (carrying.Count == 0) return null;
        var layers = carrying.Select(method => ReadLayers(method, compilation, locations, cancellation)).ToList();
        var forward = methods.Where(method => method.Name == Forward && !CarriesLayers(method)).ToList();
        return new MethodForm(
            new EquatableArray<LayerMethod>(layers),
            forward.Count == 0 ? null
                : ReadForward(forward[0], forward.Count > 1, carrying, compilation, locations, cancellation));
    }

    public static bool CarriesLayers(IMethodSymbol method) =>
        method.GetAttributes().Any(data => DeclarationReader.Derives(data.AttributeClass, nameof(StackElementAttribute)));

    /// <summary>Whether a type is the library's tensor.</summary>
    public static bool IsTensor(ITypeSymbol type) =>
        type is { Name: "Tensor", ContainingType: { Name: "torch", ContainingNamespace.Name: "TorchSharp" } };

    public static bool IsPlainTensor(IParameterSymbol parameter) =>
        IsTensor(parameter.Type) && parameter is { RefKind: RefKind.None, IsParams: false, HasExplicitDefaultValue: false };

    private static LayerMethod ReadLayers(
        IMethodSymbol method, Compilation compilation, List<SiteLocation> locations, CancellationToken cancellation)
    {
        var reader = new AttributeReader(method, Owner(method), cancellation);
        var layers = reader.Read()
            .Where(attribute => DeclarationReader.Derives(attribute.Data.AttributeClass, nameof(StackElementAttribute)))
            .Select(attribute => DeclarationReader.WithBlock(
                attribute.Declaration, attribute.Data, [], compilation, locations, cancellation)).ToList();
        var site = reader.NameSite();
        locations.AddRange(reader.Locations);
        var parameters = new List<MethodParameter>();
        foreach (var parameter in method.Parameters)
        {
            var ofParameter = new AttributeReader(parameter, $"{Owner(method)}.{parameter.Name}", cancellation);
            var shape = ofParameter.Read().Select(attribute => attribute.Declaration)
                .FirstOrDefault(attribute => attribute.Name == nameof(ShapeAttribute));
            locations.AddRange(ofParameter.Locations);
            parameters.Add(new MethodParameter(parameter.Name, shape));
        }

        return new LayerMethod(method.Name, Modifiers(method, cancellation), new EquatableArray<MethodParameter>(parameters),
            new EquatableArray<AttributeDeclaration>(layers), Problem(method), site)
        {
            Head = Problem(method) is not null && method is { IsPartialDefinition: true, PartialImplementationPart: null }
                ? $"{Modifiers(method, cancellation)} {method.ToDisplayString(HeadFormat)}"
                : null,
        };
    }

    private static readonly SymbolDisplayFormat HeadFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeParameters
            | SymbolDisplayGenericsOptions.IncludeTypeConstraints)
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeParameters)
        .WithParameterOptions(SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeParamsRefOut)
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static string? Problem(IMethodSymbol method) =>
        !method.IsPartialDefinition ? "it is not partial"
        : method.PartialImplementationPart is not null ? "it has a body of its own"
        : method.IsStatic ? "it is static"
        : method.IsGenericMethod ? "it is generic"
        : !IsTensor(method.ReturnType) ? "it does not return a Tensor"
        : method.Parameters.Length == 0 ? "it takes nothing"
        : !method.Parameters.All(IsPlainTensor)
            ? "each parameter must be a Tensor"
        : method.DeclaredAccessibility == Accessibility.Private && !HasAccessibility(method)
        ? "a partial method that returns something says private"
        : null;

    private static bool HasAccessibility(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax())
        .OfType<MethodDeclarationSyntax>().All(syntax => syntax.Modifiers.Any(SyntaxKind.PrivateKeyword));

    private static string Modifiers(IMethodSymbol method, CancellationToken cancellation) =>
        method.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation))
            .OfType<MethodDeclarationSyntax>().FirstOrDefault() is { } syntax
            ? string.Join(" ", syntax.Modifiers.Select(modifier => modifier.Text))
            : "";

    private static ForwardMethod ReadForward(
        IMethodSymbol method, bool overloaded, List<IMethodSymbol> carrying, Compilation compilation,
        List<SiteLocation> locations, CancellationToken cancellation)
    {
        var reader = new AttributeReader(method, Owner(method), cancellation);
        var site = reader.NameSite();
        locations.AddRange(reader.Locations);
        var results = method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple ? tuple.TupleElements : [];
        string? problem = overloaded ? "there are several of this name"
            : method.IsStatic || method.IsGenericMethod || method.IsAsync ? "it is static, generic or async"
            : !IsTensor(method.ReturnType) && (results.Length == 0 || !results.All(result => IsTensor(result.Type)))
            ? "it returns neither a Tensor nor a tuple of them"
            : results.Any(result => !result.IsExplicitlyNamedTupleElement) ? "the results of a tuple need names"
            : !method.Parameters.All(IsPlainTensor)
                ? "each parameter must be a Tensor"
            : null;
        var body = new BodyReader(carrying, compilation, Owner(method), locations, cancellation);
        var text = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) as MethodDeclarationSyntax;
        var statements = problem is null && text is not null ? body.Read(text) : [];
        return new ForwardMethod(
            new EquatableArray<string>(method.Parameters.Select(parameter => parameter.Name)),
            new EquatableArray<string>(results.Select(result => result.Name)),
            new EquatableArray<Statement>(statements), new EquatableArray<string>(body.Called.Union(Called(text, carrying))),
            problem, site);
    }

    // A call beside an error of C#'s is no operation, and a call all the same.
    private static IEnumerable<string> Called(MethodDeclarationSyntax? text, List<IMethodSymbol> carrying) =>
        (text?.DescendantNodes().OfType<InvocationExpressionSyntax>() ?? [])
            .Select(call => call.Expression switch
            {
                IdentifierNameSyntax name => name.Identifier.ValueText,
                MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } => name.Identifier.ValueText,
                _ => "",
            })
            .Where(name => carrying.Any(method => method.Name == name)).OrderBy(name => name, System.StringComparer.Ordinal);

    private static string Owner(IMethodSymbol method) => $"{TypeReader.FullName(method.ContainingType)}.{method.Name}";
}
