using System;

namespace Dsl.Generator.Declarations;

/// <summary>A class with <c>[Trainer&lt;T&gt;]</c>: the model it trains and every attribute of the recipe in source order.</summary>
/// <param name="ModelName">The type argument as written, for messages.</param>
/// <param name="Model">The declaration of the model; null when the type argument has no <c>[Model]</c>.</param>
/// <param name="Augment">The policy of <c>[Augment&lt;T&gt;]</c>; null without one.</param>
/// <param name="Teachers">The teachers that objectives declare, <c>[Distill&lt;T&gt;]</c>.</param>
/// <param name="MixingPolicies">The policies that mixings declare, <c>[AugMix&lt;T&gt;]</c>.</param>
internal sealed record TrainerDeclaration(
    TypeDeclaration Type,
    AttributeDeclaration Trainer,
    string ModelName,
    ModelDeclaration? Model,
    EquatableArray<AttributeDeclaration> Attributes,
    AugmentReference? Augment,
    EquatableArray<TeacherReference> Teachers = default,
    EquatableArray<AugmentReference> MixingPolicies = default) : IEquatable<TrainerDeclaration>;

/// <summary>An <c>[Augment&lt;T&gt;]</c> or <c>[AugMix&lt;T&gt;]</c>: the name of the policy as written, and its declaration where it is one.</summary>
internal sealed record AugmentReference(string Name, AugmentationDeclaration? Policy, Site Site)
{
    /// <summary>Whether the type says that it is a policy, in a way that cannot be read yet.</summary>
    public bool IsDeclared { get; init; }
}

/// <summary>The type argument of a <c>[Distill&lt;T&gt;]</c>: its name as written, and its declaration where it is a model.</summary>
internal sealed record TeacherReference(string Name, ModelDeclaration? Model, Site Site) : IEquatable<TeacherReference>;
