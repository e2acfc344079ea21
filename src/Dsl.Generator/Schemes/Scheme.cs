using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Checking;
using Dsl.Generator.Lowering;

namespace Dsl.Generator.Schemes;

/// <summary>What a scheme attribute means: its players, streams and states, its phases and terms, its procedures.</summary>
internal abstract class Scheme : IMeaning
{
    public static Scheme Of(SchemeAttribute attribute) => Meanings<Scheme>.Of(attribute);

    /// <inheritdoc/>
    public abstract Type Attribute { get; }

    /// <summary>Whether the scheme adds to a labelled objective.</summary>
    public virtual bool NeedsLabeledObjective => false;

    /// <summary>Reports arguments that contradict each other or the length of the run.</summary>
    public abstract void Check(Bound<SchemeAttribute> declared, RunCheck run);

    /// <summary>Adds the scheme to the step.</summary>
    public abstract void Lower(Bound<SchemeAttribute> declared, StepContext step);
}

/// <inheritdoc/>
/// <typeparam name="TAttribute">The attribute that declares the scheme.</typeparam>
internal abstract class Scheme<TAttribute> : Scheme
    where TAttribute : SchemeAttribute
{
    public sealed override Type Attribute => typeof(TAttribute);

    public sealed override void Check(Bound<SchemeAttribute> declared, RunCheck run) => Check((TAttribute)declared.Attribute, declared, run);

    public sealed override void Lower(Bound<SchemeAttribute> declared, StepContext step) => Lower((TAttribute)declared.Attribute, declared, step);

    protected virtual void Check(TAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
    }

    protected abstract void Lower(TAttribute attribute, Bound<SchemeAttribute> declared, StepContext step);
}
