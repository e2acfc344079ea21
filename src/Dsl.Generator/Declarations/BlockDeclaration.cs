using System;

namespace Dsl.Generator.Declarations;

/// <summary>A class with <c>[Block]</c>: its layers in source order.</summary>
/// <param name="IsRecursive">Whether the block is, over some way, part of itself; then its layers are not read.</param>
internal sealed record BlockDeclaration(
    TypeDeclaration Type,
    EquatableArray<AttributeDeclaration> Layers,
    EquatableArray<Site> StrayLayers,
    bool IsRecursive) : IEquatable<BlockDeclaration>
{
    /// <summary>Whether blocks within blocks are so many that reading stopped here.</summary>
    public bool IsCutOff { get; init; }
}
