using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Declarations;

/// <summary>A class with <c>[Trainer&lt;T&gt;]</c>: the model it trains and every attribute of the recipe in source
/// order.</summary>
/// <param name="ModelName">The type argument as written, for messages.</param>
/// <param name="Model">The declaration of the model; null when the type argument has no <c>[Model]</c>.</param>
internal sealed record TrainerDeclaration(
    TypeDeclaration Type,
    AttributeDeclaration Trainer,
    string ModelName,
    ModelDeclaration? Model,
    EquatableArray<AttributeDeclaration> Attributes) : IEquatable<TrainerDeclaration>
{
    /// <summary>The policy of <c>[Augment&lt;T&gt;]</c>; null without one.</summary>
    public TypeReference? Augment =>
        Attributes.LastOrDefault(attribute => attribute.Name == "AugmentAttribute")?.Types.FirstOrDefault();

    /// <summary>The models that attributes name beside the trained one.</summary>
    public IEnumerable<ModelDeclaration> OtherModels =>
        Attributes.Where(attribute => attribute != Trainer).SelectMany(attribute => attribute.Types).Select(type => type.Model)
            .OfType<ModelDeclaration>();
}
