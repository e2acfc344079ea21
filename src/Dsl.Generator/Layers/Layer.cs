using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Layers;

/// <summary>What a layer attribute means: the parameters and operations that it adds to a model.</summary>
internal abstract class Layer : IMeaning
{
    /// <summary>The layer that an attribute declares.</summary>
    public static Layer Of(LayerAttribute attribute) => Meanings<Layer>.Of(attribute);

    /// <inheritdoc/>
    public abstract Type Attribute { get; }

    /// <summary>Whether the layer takes integers, such as tokens; any other takes real numbers alone.</summary>
    public virtual bool AcceptsIndices => false;

    /// <summary>The least number of dimensions of an input, the batch among them; 2 for a layer of features.</summary>
    public virtual int MinimumRank => 1;

    /// <summary>Whether what it gives tells the places of a sequence apart, for layers behind it that see no order.</summary>
    public virtual bool TellsPlaces(LayerAttribute attribute) => false;

    /// <summary>Whether what it gives at a place of a sequence depends on later places.</summary>
    public virtual bool SeesLater(LayerAttribute attribute) => false;

    /// <summary>The layer with its settings, as messages, comments and tables show it: <c>Conv2d(32, 3)</c>.</summary>
    public abstract string Describe(LayerAttribute attribute);

    /// <summary>Adds the layer; null, with a finding, when the input does not fit.</summary>
    public abstract Value? Lower(LayerAttribute attribute, Value input, LayerContext context);
}

/// <inheritdoc/>
/// <typeparam name="TAttribute">The attribute that declares the layer.</typeparam>
internal abstract class Layer<TAttribute> : Layer
    where TAttribute : LayerAttribute
{
    public sealed override Type Attribute => typeof(TAttribute);

    public sealed override string Describe(LayerAttribute attribute)
    {
        string arguments = Arguments((TAttribute)attribute);
        return AttributeBinder.ShortName(typeof(TAttribute).Name) + (arguments.Length > 0 ? $"({arguments})" : "");
    }

    public sealed override Value? Lower(LayerAttribute attribute, Value input, LayerContext context) =>
        Lower((TAttribute)attribute, input, context);

    public sealed override bool TellsPlaces(LayerAttribute attribute) => TellsPlaces((TAttribute)attribute);

    public sealed override bool SeesLater(LayerAttribute attribute) => SeesLater((TAttribute)attribute);

    /// <inheritdoc cref="Layer.TellsPlaces(LayerAttribute)"/>
    protected virtual bool TellsPlaces(TAttribute attribute) => false;

    /// <inheritdoc cref="Layer.SeesLater(LayerAttribute)"/>
    protected virtual bool SeesLater(TAttribute attribute) => false;

    /// <summary>The settings that differ from one such layer to the next.</summary>
    protected virtual string Arguments(TAttribute attribute) => "";

    protected abstract Value? Lower(TAttribute attribute, Value input, LayerContext context);
}
