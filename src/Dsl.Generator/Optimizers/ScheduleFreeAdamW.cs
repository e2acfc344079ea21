using System;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Optimizers;

internal sealed class ScheduleFreeAdamW : Optimizer
{
    private const string Share = "AverageShareAt", Base = "baseSequence";

    public override Type Attribute => typeof(ScheduleFreeAdamWAttribute);

    public override void CheckSchedule(
        Bound<OptimizerAttribute> declared, Bound<ScheduleAttribute> schedule, Findings findings)
    {
        if (schedule.Attribute is ConstantAttribute) return;
        findings.Add(Catalogue.ScheduleOfNone, schedule.Site, declared.Site, schedule.Name, declared.Name)
            .Offer(schedule.Remove());
    }

    public override void Lower(Bound<OptimizerAttribute> declared, UpdateProgram update)
    {
        var adam = (ScheduleFreeAdamWAttribute)declared.Attribute;
        const string gradients = UpdateProgram.Gradients, average = UpdateProgram.Parameters;
        string beta1 = update.Number(adam, nameof(adam.Beta1)), beta2 = update.Number(adam, nameof(adam.Beta2));
        string epsilon = update.Coefficient("epsilon", update.Number(adam, nameof(adam.Epsilon)));
        string second = update.Vector("secondMoment", "secondMoments", "v");
        string z = update.Vector("baseValue", Base, "the sequence z of steps");
        update.Statements.Add(new UpdateStatement.Blend(second, update.Coefficient("keepSecond", beta2),
            update.Coefficient("addSecond", $"1 - {beta2}"), new UpdateTerm.Square(gradients)));
        update.Statements.Add(new UpdateStatement.Root("denominator",
            update.Coefficient("rootScale", $"1 / Math.Sqrt(1 - Math.Pow({beta2}, {update.StepNumber}))"), second, epsilon));
        update.Statements.Add(
            new UpdateStatement.Divide(gradients, update.Coefficient("unit", "1"), gradients, "denominator"));
        if (update.DecayCode is { } decay)
        {
            update.Statements.Add(new UpdateStatement.Mix("place", update.Coefficient("averagePart", beta1), average,
                update.Coefficient("basePart", $"1 - {beta1}"), z));
            update.Statements.Add(new UpdateStatement.Blend(
                gradients, null, update.Coefficient("weightDecay", decay), new UpdateTerm.One("place")));
        }

        update.Statements.Add(new UpdateStatement.Blend(
            z, null, update.Coefficient("step", "-learningRate"), new UpdateTerm.One(gradients)));
        update.Statements.Add(new UpdateStatement.Blend(average, update.Coefficient("keepAverage", $"1 - {Share}(StepCount)"),
            update.Coefficient("addBase", $"{Share}(StepCount)"), new UpdateTerm.One(z)));
    }

    public override void Complete(
        Bound<OptimizerAttribute> declared, Phase phase, TrainerProgram trainer, Findings findings)
    {
        var normalized = phase.Learners.FirstOrDefault(player =>
            player.Network!.Computation.Nodes.Any(node => node.Operation is BatchNormalization)
            || player.Network is { IsOpaque: true, Buffers.Count: > 0 });
        if (normalized is not null)
        {
            findings.Add(Catalogue.StatisticsElsewhere, declared.Site, normalized.Declaration!.Model.Site, declared.Name,
                normalized.Declaration.Type.Name);
        }

        // With a linear warm-up of W steps the squares of the first t rates have the sum t(t + 1)(2t + 1)/6, in units of the
        // first.
        trainer.StepFunctions.Add(new StepFunction(Share,
            "The share of a step in the average of all steps, each by the square of its learning rate.",
            trainer.Schedule.Warmup is { } warmup
                ?
                [
                    $"double warmup = Math.Max(1, {warmup}), t = step + 1;",
                    "if (t <= warmup) return 6 * t / ((t + 1) * (2 * t + 1));",
                    "return 1 / (((warmup + 1) * (2 * warmup + 1) / (6 * warmup)) + t - warmup);",
                ]
                : ["return 1.0 / (step + 1);"]));
        var vector = phase.Update.State.First(state => state.Name == Base);
        string back = $"1 - {phase.Prefix}{nameof(ScheduleFreeAdamWAttribute.Beta1)}";
        foreach (var arena in phase.Arenas)
            phase.BeforeUpdate.Add($"if (StepCount == 0) {arena.Field(vector)}.copy_({arena.Code}.Trainable);");
        phase.Place = new GradientPlace(
            declared.Name, declared.Site, "The gradient is at y = (1 − β₁)z + β₁x; between steps parameters are x.",
            [.. phase.Arenas.Select(arena => $"GradientPlace.Interpolate({arena.Code}, {arena.Field(vector)}, {back});")],
            IsSecond: false);
    }
}
