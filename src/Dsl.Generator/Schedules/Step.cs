using System;
using System.Collections.Generic;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schedules;

internal sealed class Step : Schedule
{
    public override Type Attribute => typeof(StepAttribute);

    protected override (IReadOnlyList<string> Body, string Notation) Body(
        ScheduleAttribute attribute, bool hasWarmup, TrainerProgram trainer)
    {
        string every = Hyperparameters.Add(trainer, attribute, nameof(StepAttribute.EveryEpochs), "StepEveryEpochs").Code;
        string gamma = Hyperparameters.Add(trainer, attribute, nameof(StepAttribute.Gamma), "StepGamma").Code;
        return ([$"return LearningRate * Math.Pow({gamma}, step / ({every} * StepsPerEpoch));"],
            "times a factor every few epochs");
    }
}
