using System;
using System.Collections.Generic;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schedules;

internal sealed class Polynomial : Schedule
{
    public override Type Attribute => typeof(PolynomialAttribute);

    protected override (IReadOnlyList<string> Body, string Notation) Body(
        ScheduleAttribute attribute, bool hasWarmup, TrainerProgram trainer)
    {
        string power = Hyperparameters.Add(trainer, attribute, nameof(PolynomialAttribute.Power), "PolynomialPower").Code;
        string minimum = Hyperparameters.Add(trainer, attribute, nameof(PolynomialAttribute.Minimum), "PolynomialMinimum").Code;
        return (
        [
            $"double remaining = Math.Max(0, 1 - {Progress(hasWarmup)});",
            $"return {minimum} + (LearningRate - {minimum}) * Math.Pow(remaining, {power});",
        ], "polynomial");
    }
}
