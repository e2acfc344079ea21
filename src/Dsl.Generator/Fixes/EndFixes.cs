using System;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Fixes;

/// <summary>Fixes of a model's end, for an objective that makes little of it. They stand where the model is declared.</summary>
internal static class EndFixes
{
    /// <summary>A model without the layer that computes a value; null where that is not a layer of its own in the model's
    /// stack.</summary>
    public static Fix? Remove(ModelDeclaration model, NetworkProgram network, Value value) =>
        Layer(model, network, value) is { } layer && IsAlone(layer, value)
            ? Fix.Remove(layer.Site, AttributeBinder.ShortName(layer.Name)) : null;

    /// <summary>Another layer in its place.</summary>
    public static Fix? Rename(ModelDeclaration model, NetworkProgram network, Value value, string name) =>
        Layer(model, network, value) is { } layer && IsAlone(layer, value) ? Fix.Rename(layer.Site, name) : null;

    /// <summary>Another layer behind it.</summary>
    public static Fix? Add(ModelDeclaration model, NetworkProgram network, Value value, string layers) =>
        Layer(model, network, value) is { } layer ? Fix.Add(layers, layer.Site) : null;

    /// <summary>What gives an objective of rows a row for each sample: the model flattens, or each position is a row.</summary>
    public static Fix?[] Rows(
        ModelDeclaration model, NetworkProgram network, Bound<TermAttribute> objective, Func<ModelDeclaration,
        NetworkProgram?> read)
    {
        const string perPosition = nameof(TermAttribute.PerPosition);
        return objective.Attribute.PerPosition ? [objective.Remove(perPosition)]
            : [Flatten(model, read), network.Results[0].Value.Shape.Rank is 3 or 4 ? objective.Set(perPosition, "true") : null];
    }

    /// <summary>[Flatten] before the first [Linear] behind which it gives rows; null where it does so nowhere.</summary>
    /// <param name="read">A model's program; null where the model has findings.</param>
    public static Fix? Flatten(ModelDeclaration model, Func<ModelDeclaration, NetworkProgram?> read)
    {
        if (model.Methods is not null || !model.Type.IsSource) return null;
        var layers = model.Layers.ToList();
        int linear = layers.FindIndex(layer => layer.Name == nameof(LinearAttribute));
        if (linear < 0) return null;
        var flatten = new AttributeDeclaration(nameof(FlattenAttribute), default, layers[linear].Site);
        layers.Insert(linear, flatten);
        var flattened = read(model with { Layers = new EquatableArray<AttributeDeclaration>(layers) });
        return flattened?.Results.Count == 1 && flattened.Results[0].Value.Shape.Rank == 2
            ? Fix.Insert("Flatten", flatten.Site) : null;
    }

    /// <summary>The declaration of the layer that computes a value, where it stands in the model's own stack.</summary>
    private static AttributeDeclaration? Layer(ModelDeclaration model, NetworkProgram network, Value value)
    {
        if (model.Methods is not null || !model.Type.IsSource) return null;
        var site = network.LayerOf(value.Producer)?.Declaration?.Site;
        return model.Layers.FirstOrDefault(layer => layer.Site == site);
    }

    /// <summary>Whether a layer does nothing but what computes the value.</summary>
    private static bool IsAlone(AttributeDeclaration layer, Value value) =>
        AttributeBinder.ShortName(layer.Name) == value.Producer.Operation.GetType().Name;
}
