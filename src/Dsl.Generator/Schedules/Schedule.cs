using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schedules;

/// <summary>What a schedule attribute means: the learning rate as a function of the step.</summary>
internal abstract class Schedule : IMeaning
{
    /// <inheritdoc/>
    public abstract Type Attribute { get; }

    /// <summary>Reports arguments that contradict each other, the length of the run or the optimizer.</summary>
    public static void Check(Bound<ScheduleAttribute> declared, RunCheck run, OptimizerAttribute? optimizer)
    {
        var schedule = declared.Attribute;
        run.Duration(declared, Catalogue.WarmupTooLong,
            (nameof(schedule.WarmupEpochs), schedule.WarmupEpochs, RunUnit.Epochs),
            (nameof(schedule.WarmupSteps), schedule.WarmupSteps, RunUnit.Steps),
            (nameof(schedule.WarmupSamples), schedule.WarmupSamples, RunUnit.Samples));
        Meanings<Schedule>.Of(schedule).CheckOwn(declared, run, optimizer);
    }

    public static ScheduleProgram Lower(ScheduleAttribute attribute, TrainerProgram trainer)
    {
        string? warmup = attribute.WarmupSteps > 0
            ? Hyperparameters.Add(trainer, attribute, nameof(attribute.WarmupSteps), "WarmupSteps").Code
            : attribute.WarmupEpochs > 0
            ? $"{Hyperparameters.Add(trainer, attribute, nameof(attribute.WarmupEpochs), "WarmupEpochs").Code} * StepsPerEpoch"
            : attribute.WarmupSamples > 0
            ? InSteps(Hyperparameters.Add(trainer, attribute, nameof(attribute.WarmupSamples), "WarmupSamples").Code, trainer)
            : null;
        var (body, notation) = Meanings<Schedule>.Of(attribute).Body(attribute, warmup is not null, trainer);
        return new ScheduleProgram(warmup, body, warmup is null ? notation : $"{notation}, after a linear warm-up");
    }

    /// <summary>What stands in the place of the optimizer's momentum, which would be a number without effect; null for its
    /// own.</summary>
    public static Scalar? CycledMomentum(ScheduleAttribute attribute, TrainerProgram trainer) =>
        Meanings<Schedule>.Of(attribute).Momentum(attribute, trainer);

    protected virtual Scalar? Momentum(ScheduleAttribute attribute, TrainerProgram trainer) => null;

    protected virtual void CheckOwn(Bound<ScheduleAttribute> declared, RunCheck run, OptimizerAttribute? optimizer)
    {
    }

    /// <summary>C# statements over <c>step</c>, <c>LearningRate</c> and, with a warm-up, <c>warmup</c>.</summary>
    protected abstract (IReadOnlyList<string> Body, string Notation) Body(
        ScheduleAttribute attribute, bool hasWarmup, TrainerProgram trainer);

    /// <summary>The part of the steps after the warm-up that is done, as a C# expression of at least 0; above 1 after the
    /// run.</summary>
    protected static string Progress(bool hasWarmup) =>
        hasWarmup ? "(step - warmup) / (double)Math.Max(1, TotalSteps - warmup)" : "step / (double)TotalSteps";

    private static string InSteps(string samples, TrainerProgram trainer)
    {
        trainer.CountsSamples = true;
        return $"((long){samples} + SamplesPerStep - 1) / SamplesPerStep";
    }
}
