using System;

namespace Dsl.Generator.Declarations;

/// <summary>A class with <c>[Augmentation]</c>: its transformations in source order.</summary>
/// <param name="Attribute">Where <c>[Augmentation]</c> stands.</param>
internal sealed record AugmentationDeclaration(
    TypeDeclaration Type, Site Attribute, EquatableArray<AttributeDeclaration> Transformations)
    : IEquatable<AugmentationDeclaration>;
