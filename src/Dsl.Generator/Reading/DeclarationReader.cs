using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Reading;

/// <summary>A declaration and where its parts stand at present. Only the first decides what is generated.</summary>
internal sealed record Located<T>(T Declaration, EquatableArray<SiteLocation> Locations)
    where T : class;

/// <summary>
/// Roslyn symbols to declarations. This folder alone sees a symbol or a syntax node. What is half typed is no declaration yet:
/// an attribute whose arguments C# cannot read has errors of C# and none of ours.
/// </summary>
internal static class DeclarationReader
{
    /// <summary>The model; null while its <c>[Model]</c> cannot be read.</summary>
    public static Located<ModelDeclaration>? ReadModel(
        INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var reader = new AttributeReader(type, TypeReader.FullName(type), cancellation);
        var attributes = reader.Read();
        var typeDeclaration = TypeReader.Read(type, reader, compilation, cancellation);
        var (model, modelData) = First(attributes, nameof(ModelAttribute));
        if (model is null) return null;
        var part = Part(modelData);
        var locations = new List<SiteLocation>(reader.Locations);
        var types = modelData.AttributeClass!.TypeArguments
            .Select(argument => ReadDataset(argument, model.Site, compilation, locations, cancellation)).ToList();
        if (types.Any(argument => argument is null)) return null;
        if (types.Count > 0) model = model with { Types = new EquatableArray<TypeReference>(types!) };
        var (layers, strays) = Layers(attributes, part, [], compilation, locations, cancellation);
        var inputs = attributes.Where(attribute => Derives(attribute.Data.AttributeClass, nameof(FurtherInputAttribute)))
            .Select(attribute => attribute.Declaration);
        return new Located<ModelDeclaration>(
            new ModelDeclaration(
                typeDeclaration, model, new EquatableArray<AttributeDeclaration>(inputs), layers, strays,
                MethodReader.Read(type, compilation, locations, cancellation),
                First(attributes, nameof(BudgetAttribute)).Declaration)
            {
                Pretrained = Pretrained(attributes),
                MixedPrecision = First(attributes, nameof(MixedPrecisionAttribute)).Declaration,
            },
            new EquatableArray<SiteLocation>(locations));
    }

    public static Located<BlockDeclaration>? ReadBlock(
        INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var locations = new List<SiteLocation>();
        return new Located<BlockDeclaration>(
            ReadBlock(type, [], compilation, locations, cancellation), new EquatableArray<SiteLocation>(locations));
    }

    // Blocks that use each other twice double with every level; no network that is checked later comes near.
    private const int MaximumLocations = 10_000;

    private static BlockDeclaration ReadBlock(
        INamedTypeSymbol type, List<INamedTypeSymbol> users, Compilation compilation, List<SiteLocation> locations,
        CancellationToken cancellation)
    {
        var reader = new AttributeReader(type, TypeReader.FullName(type), cancellation);
        var attributes = reader.Read();
        var typeDeclaration = TypeReader.Read(type, reader, compilation, cancellation);
        locations.AddRange(reader.Locations);
        if (users.Contains(type, SymbolEqualityComparer.Default))
            return new BlockDeclaration(typeDeclaration, default, default, IsRecursive: true);
        if (locations.Count > MaximumLocations)
            return new BlockDeclaration(typeDeclaration, default, default, IsRecursive: false) { IsCutOff = true };
        var part = Part(type.GetAttributes().First(data => IsNamed(data, nameof(BlockAttribute))));
        var (layers, strays) = Layers(attributes, part, [.. users, type], compilation, locations, cancellation);
        return new BlockDeclaration(typeDeclaration, layers, strays, IsRecursive: false) { Pretrained = Pretrained(attributes) };
    }

    private static (AttributeDeclaration Declaration, AttributeData Data) First(
        IEnumerable<(AttributeDeclaration Declaration, AttributeData Data)> attributes, string name) =>
        attributes.FirstOrDefault(attribute => attribute.Data.AttributeClass!.Name == name);

    private static EquatableArray<AttributeDeclaration> Pretrained(
        IEnumerable<(AttributeDeclaration Declaration, AttributeData Data)> attributes) =>
        new(attributes
            .Where(attribute => attribute.Data.AttributeClass!.Name
                is nameof(PretrainedAttribute) or nameof(UnusedPretrainedAttribute))
            .Select(attribute => attribute.Declaration));

    /// <summary>The layers on the part that carries the declaration, with the blocks that they use; and those on other
    /// parts.</summary>
    private static (EquatableArray<AttributeDeclaration> Layers, EquatableArray<Site> Strays) Layers(
        List<(AttributeDeclaration Declaration, AttributeData Data)> attributes, (SyntaxTree, int)? part,
        List<INamedTypeSymbol> users, Compilation compilation, List<SiteLocation> locations, CancellationToken cancellation)
    {
        var layers = new List<AttributeDeclaration>();
        var strays = new List<Site>();
        foreach (var (declaration, data) in attributes.Where(
            attribute => Derives(attribute.Data.AttributeClass, nameof(StackElementAttribute))))
        {
            if (Equals(Part(data), part)) layers.Add(WithBlock(declaration, data, users, compilation, locations, cancellation));
            else strays.Add(declaration.Site);
        }

        return (new EquatableArray<AttributeDeclaration>(layers), new EquatableArray<Site>(strays));
    }

    /// <summary>A layer, with the block where it uses one.</summary>
    public static AttributeDeclaration WithBlock(
        AttributeDeclaration declaration, AttributeData data, List<INamedTypeSymbol> users, Compilation compilation,
        List<SiteLocation> locations,
        CancellationToken cancellation) =>
        declaration with
        {
            Types = new EquatableArray<TypeReference>(
                data.AttributeClass!.TypeArguments.Select(type => new TypeReference(type.Name, declaration.Site)
            {
                Block = type is INamedTypeSymbol named && HasAttribute(named, nameof(BlockAttribute))
                    ? ReadBlock(named, users, compilation, locations, cancellation)
                    : null,
            })),
        };

    /// <summary>The policy; null while its <c>[Augmentation]</c> cannot be read.</summary>
    public static Located<AugmentationDeclaration>? ReadAugmentation(
        INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var reader = new AttributeReader(type, TypeReader.FullName(type), cancellation);
        var attributes = reader.Read();
        var transformations = attributes.Where(
            attribute => Derives(attribute.Data.AttributeClass, nameof(TransformationAttribute)));
        var policy = First(attributes, nameof(AugmentationAttribute)).Declaration;
        if (policy is null) return null;
        return new Located<AugmentationDeclaration>(
            new AugmentationDeclaration(TypeReader.Read(type, reader, compilation, cancellation), policy.Site,
                new EquatableArray<AttributeDeclaration>(transformations.Select(attribute => attribute.Declaration))),
            new EquatableArray<SiteLocation>(reader.Locations));
    }

    /// <summary>The trainer; null while its <c>[Trainer&lt;T&gt;]</c>, or the <c>[Model]</c> of a network that it names, cannot
    /// be read.</summary>
    public static Located<TrainerDeclaration>? ReadTrainer(
        INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var reader = new AttributeReader(type, TypeReader.FullName(type), cancellation);
        var attributes = reader.Read();
        var typeDeclaration = TypeReader.Read(type, reader, compilation, cancellation);
        var trainer = attributes
            .FirstOrDefault(attribute => attribute.Data.AttributeClass is { Name: "TrainerAttribute", TypeArguments.Length: 1 })
            .Declaration;
        if (trainer is null) return null;
        var locations = new List<SiteLocation>(reader.Locations);

        var read = new List<AttributeDeclaration>();
        foreach (var (declaration, data) in attributes.Where(attribute => IsForClasses(attribute.Data.AttributeClass)))
        {
            var types = data.AttributeClass!.TypeArguments
                .Select(argument => ReadType(argument, declaration.Site, compilation, locations, cancellation)).ToList();
            if (types.Any(argument => argument is null)) return null;
            read.Add(declaration with { Types = new EquatableArray<TypeReference>(types!) });
        }

        trainer = read.First(declaration => declaration.Site == trainer.Site);
        read.AddRange(OwnMethodReader.Read(type, compilation, locations, cancellation));
        return new Located<TrainerDeclaration>(
            new TrainerDeclaration(
                typeDeclaration, trainer, trainer.Types[0].Name, trainer.Types[0].Model,
                new EquatableArray<AttributeDeclaration>(read)),
            new EquatableArray<SiteLocation>(locations));
    }

    /// <summary>A type argument with what it declares; null where that is a declaration which cannot be read yet.</summary>
    private static TypeReference? ReadType(
        ITypeSymbol type, Site site, Compilation compilation, List<SiteLocation> locations, CancellationToken cancellation)
    {
        var reference = new TypeReference(type.Name, site);
        if (type is not INamedTypeSymbol named) return reference;
        if (HasAttribute(named, nameof(ModelAttribute)))
            return ReadModel(named, compilation, cancellation) is { } model ? reference with { Model = Take(model) } : null;
        if (HasAttribute(named, nameof(AugmentationAttribute)))
            return ReadAugmentation(named, compilation, cancellation) is { } policy ? reference with { Policy = Take(policy) }
                : null;
        return reference;

        T Take<T>(Located<T> located)
            where T : class
        {
            locations.AddRange(located.Locations);
            return located.Declaration;
        }
    }

    /// <summary>The type argument of a model; null where it is a table, or images, that cannot be read yet.</summary>
    private static TypeReference? ReadDataset(
        ITypeSymbol type, Site site, Compilation compilation, List<SiteLocation> locations, CancellationToken cancellation)
    {
        var reference = new TypeReference(type.Name, site);
        if (type is not INamedTypeSymbol named) return reference;
        bool isTable = HasAttribute(named, nameof(TableAttribute));
        if (!isTable && !HasAttribute(named, nameof(ImageFolderAttribute))) return reference;
        var dataset = isTable ? DatasetReader.ReadTable(named, compilation, cancellation)
            : DatasetReader.ReadImages(named, compilation, cancellation);
        if (dataset is null) return null;
        locations.AddRange(dataset.Locations);
        return reference with { Dataset = dataset.Declaration };
    }

    public static bool HasAttribute(INamedTypeSymbol type, string name) => type.GetAttributes().Any(data => IsNamed(data, name));

    // One that stands on a class and belongs on a method is an error of C#.
    private static bool IsForClasses(INamedTypeSymbol? attribute)
    {
        for (; attribute is not null; attribute = attribute.BaseType)
        {
            var usage = attribute.GetAttributes()
                .FirstOrDefault(data => data.AttributeClass?.Name == nameof(AttributeUsageAttribute));
            if (usage is not null)
                return ((AttributeTargets)(int)usage.ConstructorArguments[0].Value! & AttributeTargets.Class) != 0;
        }

        return true;
    }

    private static bool IsNamed(AttributeData data, string name) =>
        AttributeReader.IsOfThisLanguage(data.AttributeClass) && data.AttributeClass!.Name == name;

    public static bool Derives(INamedTypeSymbol? type, string name)
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
