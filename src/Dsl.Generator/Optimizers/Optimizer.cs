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

    /// <summary>Whether it takes matrices alone, each as a whole: then <see cref="LowerOthers"/> says what becomes of the
    /// rest.</summary>
    public virtual bool TakesMatrices => false;

    /// <summary>What the names of parameters that it does not take as matrices begin with; empty for none.</summary>
    public virtual string Except(OptimizerAttribute attribute) => "";

    /// <summary>Reports arguments that contradict each other.</summary>
    public virtual void Check(Bound<OptimizerAttribute> declared, Findings findings)
    {
    }

    /// <summary>Reports a schedule that it does not go with.</summary>
    public virtual void CheckSchedule(
        Bound<OptimizerAttribute> declared, Bound<ScheduleAttribute> schedule, Findings findings)
    {
    }

    /// <summary>Adds what its update needs of the trainer, whose schedule is known.</summary>
    public virtual void Complete(
        Bound<OptimizerAttribute> declared, Phase phase, TrainerProgram trainer, Findings findings)
    {
    }

    /// <summary>Reports what else of the trainer, whose recipe is known, it does not go with, and adds what needs it.</summary>
    public virtual void CheckTrainer(
        Bound<OptimizerAttribute> declared, Phase phase, TrainerProgram trainer, Findings findings)
    {
    }

    /// <summary>Adds the statements that turn gradients into an update.</summary>
    public abstract void Lower(Bound<OptimizerAttribute> declared, UpdateProgram update);

    /// <summary>Adds the statements for parameters that are not taken as matrices.</summary>
    public virtual void LowerOthers(Bound<OptimizerAttribute> declared, UpdateProgram update) =>
        throw new InvalidOperationException($"[{declared.Name}] takes all parameters.");

    /// <summary>Decoupled decay: θ ← θ − ηλθ, where any parameter has one.</summary>
    protected static void ShrinkByRate(UpdateProgram update)
    {
        if (update.DecayCode is not { } code) return;
        string shrink = update.Coefficient("shrink", $"-learningRate * {code}");
        update.Statements.Add(new UpdateStatement.Blend(
            UpdateProgram.Parameters, null, shrink, new UpdateTerm.One(UpdateProgram.Parameters)));
    }

    /// <summary>The L2 penalty: g ← g + λθ, where any parameter has one.</summary>
    protected static void Penalize(UpdateProgram update)
    {
        if (update.DecayCode is not { } code) return;
        string decay = update.Coefficient("weightDecay", code);
        update.Statements.Add(
            new UpdateStatement.Blend(UpdateProgram.Gradients, null, decay, new UpdateTerm.One(UpdateProgram.Parameters)));
    }
}
