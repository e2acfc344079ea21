using System;

namespace Dsl.Generator.Declarations;

/// <summary>An argument as it was written: a constant, and the parameter or property that it sets.</summary>
/// <param name="Name">Name of the constructor parameter (as declared) or of the property.</param>
/// <param name="IsProperty">Whether it is a named argument, <c>Name = value</c>.</param>
/// <param name="Value">The constant; an <see cref="EquatableArray{T}"/> for an array, of long for one of integers.</param>
/// <param name="IsSpread">Whether the elements of an array stand as arguments of their own, the first at the site.</param>
/// <param name="IsSubstituted">Whether a block's parameter is written, for which the value stands where the block is
/// used.</param>
internal sealed record ArgumentDeclaration(
    string Name, bool IsProperty, object? Value, Site Site, bool IsSpread = false, bool IsSubstituted = false)
    : IEquatable<ArgumentDeclaration>
{
    /// <summary>The argument that an element of an array is; the whole array where it was written as one.</summary>
    public ArgumentDeclaration At(int element) =>
        IsSpread ? this with { Site = Site with { Argument = Site.Argument + element } } : this;
}

/// <summary>An attribute as it was written.</summary>
/// <param name="Name">Metadata name without namespace: <c>Conv2dAttribute</c>.</param>
/// <param name="Types">Its type arguments.</param>
internal sealed record AttributeDeclaration(
    string Name, EquatableArray<ArgumentDeclaration> Arguments, Site Site, EquatableArray<TypeReference> Types = default)
    : IEquatable<AttributeDeclaration>
{
    /// <summary>The method that it stands on; null on a class.</summary>
    public OwnMethod? Method { get; init; }
}

/// <summary>A type argument of an attribute: its name as written, and its declaration where it is one of this language.</summary>
/// <param name="Site">The attribute.</param>
internal sealed record TypeReference(string Name, Site Site) : IEquatable<TypeReference>
{
    /// <summary>What it declares as a model; null when it is none.</summary>
    public ModelDeclaration? Model { get; init; }

    /// <summary>What it declares as a policy; null when it is none.</summary>
    public AugmentationDeclaration? Policy { get; init; }

    /// <summary>What it declares as a block; null when it is none.</summary>
    public BlockDeclaration? Block { get; init; }

    /// <summary>What it declares as a table or as images; null when it is neither.</summary>
    public DatasetDeclaration? Dataset { get; init; }
}
