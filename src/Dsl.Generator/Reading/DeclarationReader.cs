using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Reading;

/// <summary>A declaration and where its parts stand at present. Only the first decides what is generated.</summary>
internal sealed record Located<T>(T Declaration, EquatableArray<SiteLocation> Locations)
    where T : class;

/// <summary>Roslyn symbols to declarations. This folder alone sees a symbol or a syntax node.</summary>
internal static class DeclarationReader
{
    public static Located<ModelDeclaration> ReadModel(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var reader = new AttributeReader(type, cancellation);
        var attributes = reader.Read();
        var typeDeclaration = TypeReader.Read(type, reader, cancellation);
        var (model, modelData) = attributes.First(attribute => attribute.Data.AttributeClass!.Name == nameof(ModelAttribute));
        var part = Part(modelData);
        var layers = attributes.Where(attribute => Derives(attribute.Data.AttributeClass, nameof(LayerAttribute))).ToLookup(
            attribute => Equals(Part(attribute.Data), part), attribute => attribute.Declaration);
        return new Located<ModelDeclaration>(
            new ModelDeclaration(typeDeclaration, model, new EquatableArray<AttributeDeclaration>(layers[true]),
                new EquatableArray<Site>(layers[false].Select(layer => layer.Site))),
            new EquatableArray<SiteLocation>(reader.Locations));
    }

    public static Located<AugmentationDeclaration> ReadAugmentation(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var reader = new AttributeReader(type, cancellation);
        var transformations = reader.Read().Where(attribute => Derives(attribute.Data.AttributeClass, nameof(TransformationAttribute)));
        return new Located<AugmentationDeclaration>(
            new AugmentationDeclaration(TypeReader.Read(type, reader, cancellation),
                new EquatableArray<AttributeDeclaration>(transformations.Select(attribute => attribute.Declaration))),
            new EquatableArray<SiteLocation>(reader.Locations));
    }

    public static Located<TrainerDeclaration> ReadTrainer(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var reader = new AttributeReader(type, cancellation);
        var attributes = reader.Read();
        var typeDeclaration = TypeReader.Read(type, reader, cancellation);
        var (trainer, trainerData) = attributes.First(attribute => attribute.Data.AttributeClass!.Name == "TrainerAttribute");
        var locations = new List<SiteLocation>(reader.Locations);

        ModelDeclaration? model = null;
        var modelType = trainerData.AttributeClass!.TypeArguments[0];
        if (modelType is INamedTypeSymbol named && HasAttribute(named, nameof(ModelAttribute)))
        {
            var read = ReadModel(named, cancellation);
            model = read.Declaration;
            locations.AddRange(read.Locations);
        }

        AugmentReference? augment = null;
        foreach (var (declaration, data) in attributes.Where(attribute => attribute.Data.AttributeClass!.Name == "AugmentAttribute"))
        {
            var policyType = data.AttributeClass!.TypeArguments[0];
            var policy = policyType is INamedTypeSymbol policyName && HasAttribute(policyName, nameof(AugmentationAttribute))
                ? ReadAugmentation(policyName, cancellation).Declaration
                : null;
            augment = new AugmentReference(policyType.Name, policy, declaration.Site);
        }

        return new Located<TrainerDeclaration>(
            new TrainerDeclaration(typeDeclaration, trainer, modelType.Name, model,
                new EquatableArray<AttributeDeclaration>(attributes.Select(attribute => attribute.Declaration)), augment),
            new EquatableArray<SiteLocation>(locations));
    }

    private static bool HasAttribute(INamedTypeSymbol type, string name) =>
        type.GetAttributes().Any(data => data.AttributeClass is { ContainingNamespace.Name: "Dsl" } attribute && attribute.Name == name);

    private static bool Derives(INamedTypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
            if (type.Name == name) return true;
        return false;
    }

    /// <summary>The part of a partial class that an attribute stands on; null in a referenced assembly.</summary>
    private static (SyntaxTree, int)? Part(AttributeData data) =>
        data.ApplicationSyntaxReference is { } reference && reference.GetSyntax().Parent?.Parent is { } declaration
            ? (declaration.SyntaxTree, declaration.SpanStart)
            : null;
}
