using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Declarations;

/// <summary>A class with <c>[Model]</c>: its input and its layers in source order.</summary>
/// <param name="FurtherInputs">Its inputs beside the first, in source order.</param>
/// <param name="StrayLayers">Layers that stand on another part of the class than <c>[Model]</c>.</param>
/// <param name="Methods">Its layers on methods; null when no method carries any.</param>
/// <param name="Budget">What it may cost; null without a bound.</param>
internal sealed record ModelDeclaration(
    TypeDeclaration Type,
    AttributeDeclaration Model,
    EquatableArray<AttributeDeclaration> FurtherInputs,
    EquatableArray<AttributeDeclaration> Layers,
    EquatableArray<Site> StrayLayers,
    MethodForm? Methods = null,
    AttributeDeclaration? Budget = null) : IEquatable<ModelDeclaration>
{
    /// <summary>What its parts are called in files of pretrained weights, in source order.</summary>
    public EquatableArray<AttributeDeclaration> Pretrained { get; init; }

    /// <summary>What lets its products take factors of 16 bits; null where nothing does.</summary>
    public AttributeDeclaration? MixedPrecision { get; init; }

    /// <summary>Whether it or a block in it says so.</summary>
    public bool HasPretrained => Pretrained.Count > 0 || BlockDeclaration.Names(Layers)
        || (Methods is { } methods && methods.Layers.Any(method => BlockDeclaration.Names(method.Layers)));

    /// <summary>The type argument of <c>[Model&lt;T&gt;]</c>; null without one.</summary>
    public TypeReference? Dataset => Model.Types.FirstOrDefault();

    /// <summary>The declared types that the model's file names beside its own.</summary>
    public IEnumerable<TypeDeclaration> Named => Dataset?.Dataset is { } dataset ? [dataset.Type] : [];
}
