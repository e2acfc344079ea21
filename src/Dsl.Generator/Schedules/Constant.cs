using System;
using System.Collections.Generic;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schedules;

internal sealed class Constant : Schedule
{
    public override Type Attribute => typeof(ConstantAttribute);

    protected override (IReadOnlyList<string> Body, string Notation) Body(
        ScheduleAttribute attribute, bool hasWarmup, TrainerProgram trainer) =>
        (["return LearningRate;"], "constant");
}
