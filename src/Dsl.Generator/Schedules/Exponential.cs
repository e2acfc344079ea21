using System;
using System.Collections.Generic;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schedules;

internal sealed class Exponential : Schedule
{
    public override Type Attribute => typeof(ExponentialAttribute);

    protected override (IReadOnlyList<string> Body, string Notation) Body(
        ScheduleAttribute attribute, bool hasWarmup, TrainerProgram trainer)
    {
        var exponential = (ExponentialAttribute)attribute;
        string gamma = Hyperparameters.Add(trainer, attribute, nameof(exponential.Gamma), "ExponentialGamma").Code;
        string minimum = Hyperparameters.Add(trainer, attribute, nameof(exponential.Minimum), "ExponentialMinimum").Code;
        string period = exponential.EverySteps > 0
            ? Hyperparameters.Add(trainer, attribute, nameof(exponential.EverySteps), "ExponentialEverySteps", least: 1).Code
            : "StepsPerEpoch";
        return (
            [$"return Math.Max({minimum}, LearningRate * Math.Pow({gamma}, step / {period}));"],
            exponential.EverySteps > 0 ? "times a factor every few steps" : "times a factor every epoch");
    }
}
