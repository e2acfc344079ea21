using System;
using System.Collections.Generic;
using Dsl.Generator.Checking;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Schedules;

/// <summary>What a schedule attribute means: the learning rate as a function of the step.</summary>
internal abstract class Schedule : IMeaning
{
    /// <inheritdoc/>
    public abstract Type Attribute { get; }

    /// <summary>Reports arguments that contradict each other or the length of the run.</summary>
    public static void Check(Bound<ScheduleAttribute> declared, RunCheck run)
    {
        var schedule = declared.Attribute;
        run.Duration(declared, Catalogue.WarmupTooLong,
            nameof(schedule.WarmupEpochs), schedule.WarmupEpochs, nameof(schedule.WarmupSteps), schedule.WarmupSteps);
    }

    public static ScheduleProgram Lower(ScheduleAttribute attribute, TrainerProgram trainer)
    {
        string? warmup = attribute.WarmupSteps > 0 ? Recipe.Add(trainer, attribute, nameof(attribute.WarmupSteps), "WarmupSteps").Code
            : attribute.WarmupEpochs > 0 ? $"{Recipe.Add(trainer, attribute, nameof(attribute.WarmupEpochs), "WarmupEpochs").Code} * StepsPerEpoch"
            : null;
        var (body, notation) = Meanings<Schedule>.Of(attribute).Body(attribute, warmup is not null, trainer);
        return new ScheduleProgram(warmup, body, warmup is null ? notation : $"{notation}, after a linear warm-up");
    }

    /// <summary>C# statements over <c>step</c>, <c>LearningRate</c> and, with a warm-up, <c>warmup</c>.</summary>
    protected abstract (IReadOnlyList<string> Body, string Notation) Body(ScheduleAttribute attribute, bool hasWarmup, TrainerProgram trainer);
}
