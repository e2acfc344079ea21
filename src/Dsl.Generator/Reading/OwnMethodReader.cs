using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Reading;

/// <summary>The methods of a trainer that are a loss or a metric of the user's own.</summary>
internal static class OwnMethodReader
{
    /// <summary>Their attributes, each with its method, in source order.</summary>
    public static IEnumerable<AttributeDeclaration> Read(
        INamedTypeSymbol type, Compilation compilation, List<SiteLocation> locations, CancellationToken cancellation)
    {
        var methods = type.GetMembers().OfType<IMethodSymbol>().Where(method => method.MethodKind == MethodKind.Ordinary)
            .ToList();
        foreach (var method in methods)
        {
            // Of a partial method, both parts give the attributes of both.
            if (method.PartialDefinitionPart is not null || !IsOwn(method)) continue;
            string owner = $"{TypeReader.FullName(type)}.{method.Name}";
            var reader = new AttributeReader(method, owner, cancellation);
            var attributes = reader.Read();
            var site = reader.NameSite();
            locations.AddRange(reader.Locations);
            bool isOverloaded = methods.Count(other => other.Name == method.Name && IsOwn(other)) > 1;
            foreach (var (declaration, _) in attributes.Where(attribute => IsOwn(attribute.Data)))
            {
                string? problem = isOverloaded ? "there are several of this name" : Problem(method);
                var syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(
                    cancellation) as MethodDeclarationSyntax;
                var statements = problem is null && syntax is not null
                    ? new BodyReader([], compilation, owner, locations, cancellation).Read(syntax) : [];
                yield return declaration with
                {
                    Method = new OwnMethod(
                        method.Name, new EquatableArray<string>(method.Parameters.Select(parameter => parameter.Name)),
                        new EquatableArray<Statement>(statements), problem, Returned(method), site),
                };
            }
        }
    }

    private static bool IsOwn(IMethodSymbol method) => method.GetAttributes().Any(IsOwn);

    private static bool IsOwn(AttributeData data) => AttributeReader.IsOfThisLanguage(data.AttributeClass)
        && !DeclarationReader.Derives(data.AttributeClass, nameof(StackElementAttribute));

    private static Returned Returned(IMethodSymbol method) =>
        MethodReader.IsTensor(method.ReturnType) ? Declarations.Returned.Tensor
        : method.ReturnType.SpecialType == SpecialType.System_Double ? Declarations.Returned.Number : Declarations.Returned.Other;

    private static string? Problem(IMethodSymbol method) =>
        !method.IsStatic ? "it is not static"
        : method.IsGenericMethod || method.IsAsync ? "it is generic or async"
        : method.IsPartialDefinition && method.PartialImplementationPart is null ? "it has no body"
        : !method.Parameters.All(MethodReader.IsPlainTensor) ? "each parameter must be a Tensor"
        : null;
}
