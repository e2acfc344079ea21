using System;
using System.Collections.Generic;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schedules;

internal sealed class PartialCosine : Schedule
{
    public override Type Attribute => typeof(PartialCosineAttribute);

    protected override (IReadOnlyList<string> Body, string Notation) Body(
        ScheduleAttribute attribute, bool hasWarmup, TrainerProgram trainer)
    {
        string wave = Hyperparameters.Add(trainer, attribute, nameof(PartialCosineAttribute.Wave), "PartialCosineWave").Code;
        return (
        [
            $"double progress = Math.Min(1, {Progress(hasWarmup)});",
            $"return LearningRate * Math.Max(0, Math.Cos(2 * Math.PI * {wave} * progress));",
        ], "part of a cosine");
    }
}
