using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;

namespace Dsl.Generator.Mixings;

/// <summary>What a mixing attribute means: what the network sees in place of a batch, and how much of each label that
/// is.</summary>
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
