using System;
using System.Collections.Generic;
using System.Linq;

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

    /// <summary>What its parts are called in files of pretrained weights, in source order.</summary>
    public EquatableArray<AttributeDeclaration> Pretrained { get; init; }

    /// <summary>Whether it or a block in it says so.</summary>
    public bool HasPretrained => Pretrained.Count > 0 || Names(Layers);

    /// <summary>Whether a block that layers use says what its parts are called.</summary>
    public static bool Names(IEnumerable<AttributeDeclaration> layers) =>
        layers.Any(layer => layer.Types.Any(type => type.Block is { HasPretrained: true }));
}
