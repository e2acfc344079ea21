using System;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Optimizers;

/// <summary>What an optimizer attribute means: its update formula.</summary>
internal abstract class Optimizer : IMeaning
{
    public static Optimizer Of(OptimizerAttribute attribute) => Meanings<Optimizer>.Of(attribute);

    /// <inheritdoc/>
    public abstract Type Attribute { get; }

    /// <summary>Whether the optimizer decays even where the declaration does not say how much.</summary>
    public virtual bool AlwaysDecays => false;

    /// <summary>Reports arguments that contradict each other.</summary>
    public virtual void Check(Bound<OptimizerAttribute> declared, Findings findings)
    {
    }

    /// <summary>Adds the statements that turn gradients into an update.</summary>
    public abstract void Lower(Bound<OptimizerAttribute> declared, UpdateProgram update);

    /// <summary>The L2 penalty: g ← g + λθ, where any parameter has one.</summary>
    protected static void Penalize(UpdateProgram update)
    {
        if (update.DecayCode is not { } code) return;
        string decay = update.Coefficient("weightDecay", code);
        update.Statements.Add(
            new UpdateStatement.Blend(UpdateProgram.Gradients, null, decay, new UpdateTerm.One(UpdateProgram.Parameters)));
    }
}
