using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schedules;

internal sealed class CosineRestarts : Schedule
{
    public override Type Attribute => typeof(CosineRestartsAttribute);

    protected override void CheckOwn(Bound<ScheduleAttribute> declared, RunCheck run, OptimizerAttribute? optimizer)
    {
        var restarts = (CosineRestartsAttribute)declared.Attribute;
        run.Duration(declared, Catalogue.PeriodTooLong,
            (nameof(restarts.T0Epochs), restarts.T0Epochs, RunUnit.Epochs),
            (nameof(restarts.T0Steps), restarts.T0Steps, RunUnit.Steps));
        if (restarts.T0Epochs == 0 && restarts.T0Steps == 0) run.Findings.Add(Catalogue.NoPeriod, declared.Site);
    }

    protected override (IReadOnlyList<string> Body, string Notation) Body(
        ScheduleAttribute attribute, bool hasWarmup, TrainerProgram trainer)
    {
        var restarts = (CosineRestartsAttribute)attribute;
        string period = restarts.T0Steps > 0
            ? Hyperparameters.Add(trainer, attribute, nameof(restarts.T0Steps), "CosineRestartsT0Steps", least: 1).Code
            : $"{Hyperparameters.Add(trainer, attribute, nameof(restarts.T0Epochs), "CosineRestartsT0Epochs", least: 1).Code} * "
                + "StepsPerEpoch";
        string factor = Hyperparameters.Add(trainer, attribute, nameof(restarts.TMult), "CosineRestartsTMult").Code;
        string minimum = Hyperparameters.Add(trainer, attribute, nameof(restarts.Minimum), "CosineRestartsMinimum").Code;
        return (
        [
            $"long period = {period};",
            $"long position = {(hasWarmup ? "step - warmup" : "step")};",
            $"if ({factor} == 1) position %= period;",
            $"for (; position >= period; period *= {factor}) position -= period;",
            $"return {minimum} + (LearningRate - {minimum}) / 2 * (1 + Math.Cos(Math.PI * position / period));",
        ], "cosine with restarts");
    }
}
