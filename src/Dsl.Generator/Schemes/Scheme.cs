using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Schemes;

/// <summary>What a scheme attribute means: its streams, its terms, what happens after an update.</summary>
internal abstract class Scheme
{
    private static readonly IReadOnlyDictionary<Type, Scheme> ByAttribute = typeof(Scheme).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Scheme)) && !type.IsAbstract)
        .Select(type => (Scheme)Activator.CreateInstance(type)!)
        .ToDictionary(scheme => scheme.Attribute);

    public static Scheme Of(SchemeAttribute attribute) => ByAttribute[attribute.GetType()];

    protected abstract Type Attribute { get; }

    /// <summary>Whether the scheme adds to a labelled objective.</summary>
    public virtual bool NeedsLabeledObjective => false;

    /// <summary>Reports arguments that contradict each other or the length of the run.</summary>
    public abstract void Check(Bound<SchemeAttribute> declared, RunCheck run);

    /// <summary>Adds the scheme's terms and what follows an update.</summary>
    public abstract void Lower(Bound<SchemeAttribute> declared, StepContext step, TrainerProgram trainer);
}
