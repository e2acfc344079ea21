using System;
using System.Collections.Generic;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schedules;

internal sealed class Cosine : Schedule
{
    public override Type Attribute => typeof(CosineAttribute);

    protected override (IReadOnlyList<string> Body, string Notation) Body(
        ScheduleAttribute attribute, bool hasWarmup, TrainerProgram trainer)
    {
        string minimum = Hyperparameters.Add(trainer, attribute, nameof(CosineAttribute.Minimum), "CosineMinimum").Code;
        return (
        [
            $"double progress = Math.Min(1, {Progress(hasWarmup)});",
            $"return {minimum} + (LearningRate - {minimum}) / 2 * (1 + Math.Cos(Math.PI * progress));",
        ], "cosine");
    }
}
