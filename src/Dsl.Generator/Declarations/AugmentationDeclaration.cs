using System;

namespace Dsl.Generator.Declarations;

/// <summary>A class with <c>[Augmentation]</c>: its transformations in source order.</summary>
internal sealed record AugmentationDeclaration(TypeDeclaration Type, EquatableArray<AttributeDeclaration> Transformations)
    : IEquatable<AugmentationDeclaration>;
