using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;

namespace Dsl.Generator.Mixings;

/// <summary>What a mixing attribute means: what the network sees in place of a batch, and how much of each label that is.</summary>
internal abstract class Mixing : IMeaning
{
    public static Mixing Of(MixingAttribute attribute) => Meanings<Mixing>.Of(attribute);

    /// <inheritdoc/>
    public abstract Type Attribute { get; }

    /// <summary>Whether tagged values of the network are read.</summary>
    public virtual bool ReadsFeatures => false;

    /// <summary>Reports what does not fit the model or the objectives.</summary>
    public abstract void Check(Bound<MixingAttribute> declared, MixingCheck check);

    /// <summary>Adds the draws and the mixture.</summary>
    /// <param name="inputs">What the network would see without it.</param>
    public abstract MixedBatch Lower(Bound<MixingAttribute> declared, IReadOnlyList<Value> inputs, StepContext step);

    /// <summary>Adds terms of its own.</summary>
    public virtual void AddTerms(Bound<MixingAttribute> declared, StepContext step)
    {
    }
}

/// <summary>A batch as the network sees it.</summary>
/// <param name="Inputs">What goes into the network.</param>
internal sealed record MixedBatch(IReadOnlyList<Value> Inputs)
{
    /// <summary>The sample that each one is mixed with, [N]; null where labels are not mixed.</summary>
    public Value? Partners { get; init; }

    /// <summary>The share λ of a sample's own label, without dimensions; null where labels are not mixed.</summary>
    public Value? Share { get; init; }

    /// <summary>Places in the network at which samples are mixed, with the share of the own one.</summary>
    public IReadOnlyList<(string Point, Value Share)> Hidden { get; init; } = [];

    /// <summary>How many views of the batch follow each other in the inputs; objectives read the first.</summary>
    public int Views { get; init; } = 1;
}
