using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Reading;

/// <summary>Attributes of a class, a method or a parameter as declarations, in source order, with the places of their
/// arguments.</summary>
/// <param name="owner">What the sites of the declarations are called after.</param>
internal sealed class AttributeReader(ISymbol symbol, string owner, CancellationToken cancellation)
{
    private readonly List<SiteLocation> _locations = [];

    public IReadOnlyList<SiteLocation> Locations => _locations;

    /// <summary>The attributes of this language, by file and position: C# promises no order for <c>GetAttributes</c>.</summary>
    public List<(AttributeDeclaration Declaration, AttributeData Data)> Read()
    {
        List<AttributeData> ordered = symbol.GetAttributes()
            .Where(data => IsOfThisLanguage(data.AttributeClass) && data.AttributeConstructor is not null)
            .OrderBy(data => data.ApplicationSyntaxReference?.SyntaxTree.FilePath, System.StringComparer.Ordinal)
            .ThenBy(data => data.ApplicationSyntaxReference?.Span.Start)
            .ToList();
        return ordered.Select((data, ordinal) => (Read(data, ordinal), data)).ToList();
    }

    public Site NameSite()
    {
        var site = new Site(owner);
        foreach (SyntaxReference reference in symbol.DeclaringSyntaxReferences.Take(1))
        {
            if (reference.GetSyntax(cancellation) is BaseTypeDeclarationSyntax declaration)
                Locate(site, reference.SyntaxTree.FilePath, declaration.Identifier.Span);
            else if (reference.GetSyntax(cancellation) is DelegateDeclarationSyntax type)
                Locate(site, reference.SyntaxTree.FilePath, type.Identifier.Span);
            else if (reference.GetSyntax(cancellation) is MethodDeclarationSyntax method)
                Locate(site, reference.SyntaxTree.FilePath, method.Identifier.Span);
            else if (reference.GetSyntax(cancellation) is ParameterSyntax parameter)
                Locate(site, reference.SyntaxTree.FilePath, parameter.Identifier.Span);
            else if (reference.GetSyntax(cancellation) is PropertyDeclarationSyntax property)
                Locate(site, reference.SyntaxTree.FilePath, property.Identifier.Span);
        }

        return site;
    }

    private AttributeDeclaration Read(AttributeData data, int ordinal)
    {
        var site = new Site(owner, ordinal);
        var syntax = data.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
        if (syntax is not null) Locate(site, syntax.SyntaxTree.FilePath, syntax.Span);
        var arguments = new List<ArgumentDeclaration>();
        List<AttributeArgumentSyntax> written = syntax?.ArgumentList?.Arguments.ToList() ?? [];

        var parameters = data.AttributeConstructor!.Parameters;
        for (int i = 0; i < parameters.Length && i < data.ConstructorArguments.Length; i++)
        {
            // What must be given is not left out by writing null: it is empty, which those who read it report.
            if ((Value(data.ConstructorArguments[i])
                ?? (parameters[i].HasExplicitDefaultValue
                    || data.ConstructorArguments[i] is { Kind: TypedConstantKind.Error } or { IsNull: false } ? null
                    : Empty(parameters[i].Type))) is not { } value) continue;
            int position = Position(written, parameters[i].Name, i);

            // A parameter left to its default stands nowhere; the attribute as a whole is its place.
            bool isSpread = parameters[i].IsParams && !data.ConstructorArguments[i].IsNull
                && Spread(written, position) == data.ConstructorArguments[i].Values.Length;
            for (int element = 1; isSpread && element < data.ConstructorArguments[i].Values.Length; element++)
                Place(site, written, position + element);
            arguments.Add(new ArgumentDeclaration(parameters[i].Name, false, value, Place(site, written, position), isSpread));
        }

        foreach (var named in data.NamedArguments)
        {
            if (Value(named.Value) is not { } value) continue;
            int position = written.FindIndex(argument => argument.NameEquals?.Name.Identifier.ValueText == named.Key);
            arguments.Add(new ArgumentDeclaration(named.Key, true, value, Place(site, written, position)));
        }

        return new AttributeDeclaration(
            data.AttributeClass!.MetadataName.Split('`')[0], new EquatableArray<ArgumentDeclaration>(arguments), site);
    }

    private static int Position(List<AttributeArgumentSyntax> written, string parameter, int ordinal)
    {
        int byName = written.FindIndex(argument => argument.NameColon?.Name.Identifier.ValueText == parameter);
        if (byName >= 0) return byName;
        return ordinal < written.Count && written[ordinal] is { NameEquals: null, NameColon: null } ? ordinal : -1;
    }

    /// <summary>How many arguments without a name stand from a position on.</summary>
    private static int Spread(List<AttributeArgumentSyntax> written, int position) =>
        position < 0 ? -1
            : written.Skip(position).TakeWhile(argument => argument is { NameEquals: null, NameColon: null }).Count();

    private Site Place(Site attribute, List<AttributeArgumentSyntax> written, int position)
    {
        if (position < 0) return attribute;
        var site = attribute with { Argument = position };
        Locate(site, written[position].SyntaxTree.FilePath, written[position].Span);
        return site;
    }

    private void Locate(Site site, string path, Microsoft.CodeAnalysis.Text.TextSpan span) =>
        _locations.Add(new SiteLocation(site, path, span.Start, span.Length));

    private static object? Empty(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_String ? "" : type is IArrayTypeSymbol ? new EquatableArray<long>([]) : null;

    private static object? Value(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Primitive or TypedConstantKind.Enum => constant.Value,
        TypedConstantKind.Array when !constant.IsNull && constant.Values.All(item => item.Value is int) =>
            new EquatableArray<long>(constant.Values.Select(item => (long)(int)item.Value!)),
        TypedConstantKind.Array when !constant.IsNull && constant.Values.All(item => item.Value is double) =>
            new EquatableArray<double>(constant.Values.Select(item => (double)item.Value!)),
        TypedConstantKind.Array when !constant.IsNull && constant.Values.All(item => item.Value is string) =>
            new EquatableArray<string>(constant.Values.Select(item => (string)item.Value!)),
        _ => null,
    };

    public static bool IsOfThisLanguage(INamedTypeSymbol? attribute) =>
        attribute is { ContainingNamespace: { Name: "Dsl", ContainingNamespace.IsGlobalNamespace: true } };
}
