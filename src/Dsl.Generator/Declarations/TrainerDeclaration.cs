using System;

namespace Dsl.Generator.Declarations;

/// <summary>A class with <c>[Trainer&lt;T&gt;]</c>: the model it trains and every attribute of the recipe in source order.</summary>
/// <param name="ModelName">The type argument as written, for messages.</param>
/// <param name="Model">The declaration of the model; null when the type argument has no <c>[Model]</c>.</param>
/// <param name="Augment">The policy of <c>[Augment&lt;T&gt;]</c>; null without one.</param>
internal sealed record TrainerDeclaration(
    TypeDeclaration Type,
    AttributeDeclaration Trainer,
    string ModelName,
    ModelDeclaration? Model,
    EquatableArray<AttributeDeclaration> Attributes,
    AugmentReference? Augment) : IEquatable<TrainerDeclaration>;

/// <summary>An <c>[Augment&lt;T&gt;]</c>: the name of the policy as written, and its declaration where it is one.</summary>
internal sealed record AugmentReference(string Name, AugmentationDeclaration? Policy, Site Site);
