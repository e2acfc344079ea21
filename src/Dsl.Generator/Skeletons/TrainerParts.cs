using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Skeletons;

/// <summary>What belongs to an attribute of a trainer beside itself: networks and policies that it names.</summary>
internal static class TrainerParts
{
    /// <summary>The trainer with other networks, each under the name of a placeholder.</summary>
    public static TrainerDeclaration WithModels(TrainerDeclaration declaration, Func<ModelDeclaration, string,
        ModelDeclaration> change) => declaration with
    {
        Model = declaration.Model is { } model ? change(model, SkeletonName.Model) : null,
        Teachers = new EquatableArray<TeacherReference>(declaration.Teachers
            .Select(teacher => teacher.Model is { } model ? teacher with { Model = change(model, SkeletonName.Teacher) }
                : teacher)),
    };

    /// <summary>The network that teaches; null without one.</summary>
    public static ModelDeclaration? Teacher(TrainerDeclaration declaration) => declaration.Teachers.FirstOrDefault()?.Model;

    /// <summary>The attributes that name policies.</summary>
    public static IEnumerable<AttributeDeclaration> WithPolicy(TrainerDeclaration declaration)
    {
        var sites = declaration.MixingPolicies.Select(policy => policy.Site).ToList();
        if (declaration.Augment is { } augment) sites.Add(augment.Site);
        return declaration.Attributes.Where(attribute => sites.Contains(attribute.Site)).ToList();
    }

    /// <summary>The trainer without an attribute.</summary>
    public static TrainerDeclaration Without(TrainerDeclaration declaration, Site site) => declaration with
    {
        Attributes = new EquatableArray<AttributeDeclaration>(declaration.Attributes.Where(attribute => attribute.Site != site)),
        Augment = declaration.Augment?.Site == site ? null : declaration.Augment,
        Teachers = new EquatableArray<TeacherReference>(declaration.Teachers.Where(teacher => teacher.Site != site)),
        MixingPolicies = new EquatableArray<AugmentReference>(declaration.MixingPolicies.Where(policy => policy.Site != site)),
    };
}
