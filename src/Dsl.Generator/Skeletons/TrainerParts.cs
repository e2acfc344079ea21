using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Skeletons;

/// <summary>Networks and policies that the attributes of a trainer name.</summary>
internal static class TrainerParts
{
    /// <summary>The trainer with other networks, each under the name of a placeholder.</summary>
    public static TrainerDeclaration WithModels(TrainerDeclaration declaration, Func<ModelDeclaration, string,
        ModelDeclaration> change)
    {
        int number = 0;
        return declaration with
        {
            Model = declaration.Model is { } model ? change(model, SkeletonName.Model) : null,
            Attributes = new EquatableArray<AttributeDeclaration>(declaration.Attributes.Select(attribute =>
                attribute.Site == declaration.Trainer.Site ? attribute : attribute with
                {
                    Types = new EquatableArray<TypeReference>(attribute.Types.Select(type =>
                        type.Model is not { } other ? type : type with { Model = change(other, SkeletonName.Other(number++)) })),
                })),
        };
    }

    /// <summary>The declared networks by their placeholders.</summary>
    public static IEnumerable<(string Placeholder, TypeDeclaration? Type)> Models(TrainerDeclaration declaration) =>
        declaration.Attributes
        .Where(attribute => attribute.Site != declaration.Trainer.Site).SelectMany(attribute => attribute.Types)
        .Select(type => type.Model?.Type).OfType<TypeDeclaration>()
        .Select((type, number) => (SkeletonName.Other(number), (TypeDeclaration?)type))
        .Prepend((SkeletonName.Model, declaration.Model?.Type));

    /// <summary>The attributes that name policies.</summary>
    public static IEnumerable<AttributeDeclaration> WithPolicy(TrainerDeclaration declaration) =>
        declaration.Attributes.Where(attribute => attribute.Types.Any(type => type.Policy is not null)).ToList();

    /// <summary>The trainer without an attribute.</summary>
    public static TrainerDeclaration Without(TrainerDeclaration declaration, Site site) => declaration with
    {
        Attributes = new EquatableArray<AttributeDeclaration>(declaration.Attributes.Where(attribute => attribute.Site != site)),
    };
}
