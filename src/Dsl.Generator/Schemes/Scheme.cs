using System;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Schemes;

/// <summary>What a scheme attribute means: its streams, its terms, what happens after an update.</summary>
internal abstract class Scheme : IMeaning
{
    public static Scheme Of(SchemeAttribute attribute) => Meanings<Scheme>.Of(attribute);

    /// <inheritdoc/>
    public abstract Type Attribute { get; }

    /// <summary>Whether the scheme adds to a labelled objective.</summary>
    public virtual bool NeedsLabeledObjective => false;

    /// <summary>Reports arguments that contradict each other or the length of the run.</summary>
    public abstract void Check(Bound<SchemeAttribute> declared, RunCheck run);

    /// <summary>Adds the scheme's terms and what follows an update.</summary>
    public abstract void Lower(Bound<SchemeAttribute> declared, StepContext step, TrainerProgram trainer);
}
