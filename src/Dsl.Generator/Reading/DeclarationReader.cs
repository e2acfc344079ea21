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
/// Roslyn symbols to declarations. This folder alone sees a symbol or a syntax node. What is half typed is no declaration yet: an attribute
/// whose arguments C# cannot read has errors of C# and none of ours.
/// </summary>
internal static class DeclarationReader
{
    /// <summary>The model; null while its <c>[Model]</c> cannot be read.</summary>
    public static Located<ModelDeclaration>? ReadModel(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var reader = new AttributeReader(type, TypeReader.FullName(type), cancellation);
        var attributes = reader.Read();
        var typeDeclaration = TypeReader.Read(type, reader, compilation, cancellation);
        var (model, modelData) = attributes.FirstOrDefault(attribute => attribute.Data.AttributeClass!.Name == nameof(ModelAttribute));
        if (model is null) return null;
        var part = Part(modelData);
        var locations = new List<SiteLocation>(reader.Locations);
        var (layers, strays) = Layers(attributes, part, [], compilation, locations, cancellation);
        var inputs = attributes.Where(attribute => Derives(attribute.Data.AttributeClass, nameof(FurtherInputAttribute)))
            .Select(attribute => attribute.Declaration);
        return new Located<ModelDeclaration>(
            new ModelDeclaration(
                typeDeclaration, model, new EquatableArray<AttributeDeclaration>(inputs), layers, strays,
                MethodReader.Read(type, compilation, locations, cancellation),
                attributes.FirstOrDefault(attribute => attribute.Data.AttributeClass!.Name == nameof(BudgetAttribute)).Declaration),
            new EquatableArray<SiteLocation>(locations));
    }

    public static Located<BlockDeclaration>? ReadBlock(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var locations = new List<SiteLocation>();
        return new Located<BlockDeclaration>(ReadBlock(type, [], compilation, locations, cancellation), new EquatableArray<SiteLocation>(locations));
    }

    // Blocks that use each other twice double with every level; no network that is checked later comes near.
    private const int MaximumLocations = 10_000;

    private static BlockDeclaration ReadBlock(
        INamedTypeSymbol type, List<INamedTypeSymbol> users, Compilation compilation, List<SiteLocation> locations, CancellationToken cancellation)
    {
        var reader = new AttributeReader(type, TypeReader.FullName(type), cancellation);
        var attributes = reader.Read();
        var typeDeclaration = TypeReader.Read(type, reader, compilation, cancellation);
        locations.AddRange(reader.Locations);
        if (users.Contains(type, SymbolEqualityComparer.Default))
            return new BlockDeclaration(typeDeclaration, default, default, IsRecursive: true);
        if (locations.Count > MaximumLocations) return new BlockDeclaration(typeDeclaration, default, default, IsRecursive: false) { IsCutOff = true };
        var part = Part(type.GetAttributes().First(data => IsNamed(data, nameof(BlockAttribute))));
        var (layers, strays) = Layers(attributes, part, [.. users, type], compilation, locations, cancellation);
        return new BlockDeclaration(typeDeclaration, layers, strays, IsRecursive: false);
    }

    /// <summary>The layers on the part that carries the declaration, with the blocks that they use; and those on other parts.</summary>
    private static (EquatableArray<AttributeDeclaration> Layers, EquatableArray<Site> Strays) Layers(
        List<(AttributeDeclaration Declaration, AttributeData Data)> attributes, (SyntaxTree, int)? part,
        List<INamedTypeSymbol> users, Compilation compilation, List<SiteLocation> locations, CancellationToken cancellation)
    {
        var layers = new List<AttributeDeclaration>();
        var strays = new List<Site>();
        foreach (var (declaration, data) in attributes.Where(attribute => Derives(attribute.Data.AttributeClass, nameof(StackElementAttribute))))
        {
            if (Equals(Part(data), part)) layers.Add(WithBlock(declaration, data, users, compilation, locations, cancellation));
            else strays.Add(declaration.Site);
        }

        return (new EquatableArray<AttributeDeclaration>(layers), new EquatableArray<Site>(strays));
    }

    /// <summary>A layer, with the block where it uses one.</summary>
    public static AttributeDeclaration WithBlock(
        AttributeDeclaration declaration, AttributeData data, List<INamedTypeSymbol> users, Compilation compilation, List<SiteLocation> locations,
        CancellationToken cancellation)
    {
        if (data.AttributeClass is not { Name: nameof(UseAttribute), TypeArguments.Length: 1 } use) return declaration;
        var block = use.TypeArguments[0] is INamedTypeSymbol named && HasAttribute(named, nameof(BlockAttribute))
            ? ReadBlock(named, users, compilation, locations, cancellation)
            : null;
        return declaration with { Use = new BlockReference(use.TypeArguments[0].Name, block) };
    }

    /// <summary>The policy; null while its <c>[Augmentation]</c> cannot be read.</summary>
    public static Located<AugmentationDeclaration>? ReadAugmentation(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var reader = new AttributeReader(type, TypeReader.FullName(type), cancellation);
        var attributes = reader.Read();
        var transformations = attributes.Where(attribute => Derives(attribute.Data.AttributeClass, nameof(TransformationAttribute)));
        var policy = attributes.FirstOrDefault(attribute => attribute.Data.AttributeClass!.Name == nameof(AugmentationAttribute)).Declaration;
        if (policy is null) return null;
        return new Located<AugmentationDeclaration>(
            new AugmentationDeclaration(TypeReader.Read(type, reader, compilation, cancellation), policy.Site,
                new EquatableArray<AttributeDeclaration>(transformations.Select(attribute => attribute.Declaration))),
            new EquatableArray<SiteLocation>(reader.Locations));
    }

    /// <summary>The trainer; null while its <c>[Trainer&lt;T&gt;]</c>, or the <c>[Model]</c> of a network that it names, cannot be read.</summary>
    public static Located<TrainerDeclaration>? ReadTrainer(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var reader = new AttributeReader(type, TypeReader.FullName(type), cancellation);
        var attributes = reader.Read();
        var typeDeclaration = TypeReader.Read(type, reader, compilation, cancellation);
        var (trainer, trainerData) = attributes.FirstOrDefault(attribute => attribute.Data.AttributeClass is { Name: "TrainerAttribute", TypeArguments.Length: 1 });
        if (trainer is null) return null;
        var locations = new List<SiteLocation>(reader.Locations);

        var modelType = trainerData.AttributeClass!.TypeArguments[0];
        var model = ReadModel(modelType, compilation, locations, cancellation);
        if (model is null && IsModel(modelType)) return null;

        var augment = Policies(data => data.Name == "AugmentAttribute").LastOrDefault();
        var mixings = Policies(data => Derives(data, nameof(MixingAttribute)));
        if (mixings.Append(augment).Any(reference => reference is { Policy: null, IsDeclared: true })) return null;

        var teachers = attributes
            .Where(attribute => attribute.Data.AttributeClass is { TypeArguments.Length: 1 } objective && Derives(objective, nameof(ObjectiveAttribute)))
            .Select(attribute => (attribute.Declaration.Site, Type: attribute.Data.AttributeClass!.TypeArguments[0]))
            .Select(teacher => new TeacherReference(teacher.Type.Name, ReadModel(teacher.Type, compilation, locations, cancellation), teacher.Site))
            .ToList();
        if (attributes.Any(attribute => attribute.Data.AttributeClass is { TypeArguments.Length: 1 } objective && IsModel(objective.TypeArguments[0])
            && teachers.Any(teacher => teacher.Site == attribute.Declaration.Site && teacher.Model is null))) return null;
        return new Located<TrainerDeclaration>(
            new TrainerDeclaration(typeDeclaration, trainer, modelType.Name, model,
                new EquatableArray<AttributeDeclaration>(attributes.Select(attribute => attribute.Declaration)), augment,
                new EquatableArray<TeacherReference>(teachers), new EquatableArray<AugmentReference>(mixings)),
            new EquatableArray<SiteLocation>(locations));

        List<AugmentReference> Policies(Func<INamedTypeSymbol, bool> condition) => attributes
            .Where(attribute => attribute.Data.AttributeClass is { TypeArguments.Length: 1 } type && condition(type))
            .Select(attribute => ReadPolicy(attribute.Data.AttributeClass!.TypeArguments[0], attribute.Declaration.Site, compilation, locations, cancellation))
            .ToList();
    }

    /// <summary>A type argument that names a policy, with its declaration where it is one.</summary>
    private static AugmentReference ReadPolicy(
        ITypeSymbol type, Site site, Compilation compilation, List<SiteLocation> locations, CancellationToken cancellation)
    {
        if (type is not INamedTypeSymbol named || !HasAttribute(named, nameof(AugmentationAttribute))) return new AugmentReference(type.Name, null, site);
        if (ReadAugmentation(named, compilation, cancellation) is not { } policy) return new AugmentReference(type.Name, null, site) { IsDeclared = true };
        locations.AddRange(policy.Locations);
        return new AugmentReference(type.Name, policy.Declaration, site);
    }

    /// <summary>What a type argument declares; null when it is not a model.</summary>
    private static ModelDeclaration? ReadModel(ITypeSymbol type, Compilation compilation, List<SiteLocation> locations, CancellationToken cancellation)
    {
        if (!IsModel(type) || ReadModel((INamedTypeSymbol)type, compilation, cancellation) is not { } read) return null;
        locations.AddRange(read.Locations);
        return read.Declaration;
    }

    private static bool IsModel(ITypeSymbol type) => type is INamedTypeSymbol named && HasAttribute(named, nameof(ModelAttribute));

    public static bool HasAttribute(INamedTypeSymbol type, string name) => type.GetAttributes().Any(data => IsNamed(data, name));

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
