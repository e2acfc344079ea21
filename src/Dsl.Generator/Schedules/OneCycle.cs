using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schedules;

internal sealed class OneCycle : Schedule
{
    // What optimizers call the decay of their first moment.
    private static readonly string[] Momenta = ["Momentum", "Beta1"];

    public override Type Attribute => typeof(OneCycleAttribute);

    protected override void CheckOwn(Bound<ScheduleAttribute> declared, RunCheck run, OptimizerAttribute? optimizer)
    {
        var cycle = (OneCycleAttribute)declared.Attribute;
        string[] warmups = [nameof(cycle.WarmupEpochs), nameof(cycle.WarmupSteps), nameof(cycle.WarmupSamples)];
        foreach (string warmup in warmups.Where(declared.Has))
            run.Findings.Add(Catalogue.WarmupOfOneCycle, declared.SiteOf(warmup), warmup).Offer(declared.Remove(warmup));
        if (cycle.CycleMomentum && optimizer is not null && !HasMomentum(optimizer))
        {
            run.Findings.Add(Catalogue.NoMomentumToCycle, declared.Site, AttributeBinder.ShortName(optimizer.GetType().Name))
                .Offer(declared.Set(nameof(cycle.CycleMomentum), "false"));
        }

        if (cycle.CycleMomentum && cycle.BaseMomentum > cycle.MaxMomentum)
        {
            run.Findings.Add(Catalogue.MomentaSwapped, declared.SiteOf(
                declared.Has(nameof(cycle.BaseMomentum)) ? nameof(cycle.BaseMomentum) : nameof(cycle.MaxMomentum)),
                Scalar.Literal(cycle.BaseMomentum), Scalar.Literal(cycle.MaxMomentum)).Offer(
                declared.Exchange(nameof(cycle.BaseMomentum), cycle.BaseMomentum, nameof(cycle.MaxMomentum), cycle.MaxMomentum));
        }
    }

    protected override (IReadOnlyList<string> Body, string Notation) Body(
        ScheduleAttribute attribute, bool hasWarmup, TrainerProgram trainer)
    {
        var cycle = (OneCycleAttribute)attribute;
        string start = Hyperparameters.Add(trainer, attribute, nameof(cycle.PctStart), "OneCyclePctStart").Code;
        string divisor = Hyperparameters.Add(trainer, attribute, nameof(cycle.DivFactor), "OneCycleDivFactor").Code;
        string final = Hyperparameters.Add(trainer, attribute, nameof(cycle.FinalDivFactor), "OneCycleFinalDivFactor").Code;
        return (
        [
            $"double initial = LearningRate / {divisor};",
            .. Phases(start, "initial", "LearningRate", $"initial / {final}"),
        ], cycle.CycleMomentum ? "one cycle, the momentum against it" : "one cycle");
    }

    protected override Scalar? Momentum(ScheduleAttribute attribute, TrainerProgram trainer)
    {
        var cycle = (OneCycleAttribute)attribute;
        if (!cycle.CycleMomentum) return null;
        string start = Hyperparameters.Add(trainer, attribute, nameof(cycle.PctStart), "OneCyclePctStart").Code;
        string low = Hyperparameters.Add(trainer, cycle, nameof(cycle.BaseMomentum), "OneCycleBaseMomentum").Code;
        string high = Hyperparameters.Add(trainer, cycle, nameof(cycle.MaxMomentum), "OneCycleMaxMomentum").Code;
        trainer.StepFunctions.Add(
            new StepFunction("MomentumAt", "The momentum of a step, counted from 0: it moves against the learning rate.",
            Phases(start, high, low, high)));
        return new Scalar.AtStep("MomentumAt");
    }

    /// <summary>Half a cosine up to the peak and half a cosine down.</summary>
    private static IReadOnlyList<string> Phases(string start, string first, string peak, string last) =>
    [
        $"double top = {start} * TotalSteps - 1;",
        $"if (top > 0 && step <= top) return {peak} + ({first} - {peak}) / 2 * (1 + Math.Cos(Math.PI * step / top));",
        "double falling = Math.Min(1, (step - top) / (TotalSteps - 1 - top));",
        $"return {last} + ({peak} - {last}) / 2 * (1 + Math.Cos(Math.PI * falling));",
    ];

    private static bool HasMomentum(OptimizerAttribute optimizer) =>
        Momenta.Any(name => optimizer.GetType().GetProperty(name)?.GetValue(optimizer) is > 0.0);
}
