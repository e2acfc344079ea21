using System;
using System.Collections.Generic;
using System.Globalization;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class Dqn : EnvironmentScheme<DqnAttribute>
{
    private const string Replay = "_replay", Priorities = "_priorities";

    protected override void CheckSizes(DqnAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        string batch = run.BatchSize.ToString(CultureInfo.InvariantCulture);
        if (attribute.Until > attribute.Explore)
        {
            run.Findings.Add(Catalogue.ExplorationGrows, declared.SiteOf(nameof(attribute.Until)), declared.Name,
                Scalar.Literal(attribute.Explore), Scalar.Literal(attribute.Until));
        }

        if (attribute.Priority == 0 && declared.Has(nameof(attribute.Correction)))
        {
            run.Findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(nameof(attribute.Correction)), declared.Name,
                "a priority to correct", "all transitions are drawn alike", "set Priority, habitually 0.6, or remove Correction");
        }

        foreach (var (name, value, what) in new[]
        {
            (nameof(attribute.Memory), attribute.Memory, "a memory that holds a batch"),
            (nameof(attribute.LearningStarts), attribute.LearningStarts, "a batch of transitions before the first update"),
        })
        {
            if (value >= run.BatchSize) continue;
            run.Findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(name), declared.Name, what,
                $"{name} = {value.ToString(CultureInfo.InvariantCulture)} is less than its {batch} transitions",
                "make it many batches, or the batches smaller");
        }
    }

    protected override void Lower(DqnAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Scalar discount = step.Hyperparameter(attribute, nameof(attribute.Discount)),
        period = step.Hyperparameter(attribute, nameof(attribute.TargetPeriod)),
        delta = step.Hyperparameter(attribute, nameof(attribute.Delta));
        AddReplay(attribute, step);
        step.AddFunction(new StepFunction("TargetDecayAt",
            "The part of the target network that an update leaves: all, or nothing.",
            [$"return (step + 1) % {period.Code} == 0 ? 0 : 1;"]));
        Player target = step.Average(step.Model, "target", "The copy of the network that gives the values of what follows",
            "the target network, a copy of the trained one,", trains: false, new Scalar.AtStep("TargetDecayAt"));

        Value state = Observation(step, "State", "What was seen", Read("States"));
        Value action = Action(step, $"ReplayBuffer.Read({Replay}.Actions, indices, ScalarType.Int64)");
        Value reward = Number(step, "Reward", "What that earned", Read("Rewards"));
        Value next = Observation(step, "Next", "What was seen then, the last observation of an episode included", Read("Nexts"));
        Value terminated = Number(step, "Terminated", "1 where the task was over then, else 0", Read("Terminations"));

        Value values = step.Call(step.Model, state, "values");
        Value taken = c.Add(new GatherColumns(), "takenValues", values, Column(step, action, "actions"));
        Value following = step.Ask(target, next, "nextValues");
        Value choosing = attribute.Double ? step.Ask(step.Model, next, "nextChoices") : following;
        Value best = c.Add(new RuntimeFunction("ActionChoice.Best", default,
            new TensorType(Shape.Of(Stream.Experience.Rows, 1), ElementType.Int64)), "nextActions", choosing);
        Value future = c.Add(new GatherColumns(), "futures", following, best);
        Value goesOn = c.Add(new AddNumber(1), "goesOn", c.Add(new Scale(-1), "negativeTerminated", terminated));
        Value counted = c.Add(new Multiply(), "countedFutures", future, Column(step, goesOn, "goesOnColumn"));
        Value targets = c.Add(new Add(), "targets", Column(step, reward, "rewards"),
            c.Add(new Scale(discount), "discountedFutures", counted));
        const string huber = "(e²/2 where |e| ≤ δ, else δ·(|e| − δ/2)), e = q[a] − r − γ·(1 − d)·q̄[b]";
        Value loss = attribute.Priority == 0
            ? c.Add(new HuberError(delta, Reduced.Mean), "temporalDifference", taken, targets)
            : Weighted(step, delta, taken, targets);
        step.AddTerm(new Term(
            "TemporalDifference", loss, null, (attribute.Priority == 0 ? "mean " : "mean w·") + huber)
        {
            Symbols =
            [
                new("q", "the values of the actions at what was seen", null, null),
                new("a", "the action that was taken", null, null),
                new("r", "what it earned", null, null),
                new("γ", "what a reward is worth a step later", discount.Code, Scalar.Literal(attribute.Discount)),
                new("d", "1 where the task was over then, else 0", null, null),
                new("q̄", "the values that the target network gives at what was seen then", null, null),
                new("b", attribute.Double ? "the action that the network itself values most there"
                    : "the action of the largest of them", null, null),
                .. attribute.Priority == 0 ? Array.Empty<ExplainedSymbol>()
                    : [new("w", "what makes up for being drawn more often", null, null)],
                new("δ", "the error from which the loss grows linearly", delta.Code, Scalar.Literal(attribute.Delta)),
            ],
        });

        string Read(string part) => $"ReplayBuffer.Read({Replay}.{part}, indices, {step.Model.Arena}.Values.dtype)";
    }

    // The mean of errors, each by its weight; and what they were, for the next time.
    private static Value Weighted(StepContext step, Scalar delta, Value taken, Value targets)
    {
        Computation c = step.Computation;
        Value index = step.Read(step.IndexOf(Stream.Experience));
        Value weight = Number(step, "Weight", "What each counts, the largest 1",
            $"{Stream.Experience.Sampler}.Weights({step.Model.Arena}.Values.dtype)");
        Value rows = c.Add(new HuberError(delta, Reduced.None), "errorCosts", taken, targets);
        c.AddEffect(new StateCall(Priorities, "Learned"), index, c.Add(new Subtract(), "errors",
            c.Add(new StopGradient(), "takenNow", taken), targets));
        return step.Mean("temporalDifference", c.Add(
            new Multiply(), "weightedCosts", rows, Column(step, weight, "weights")));
    }

    private static void AddReplay(DqnAttribute attribute, StepContext step)
    {
        string[] numbers =
        [
            "BatchSize", Named(nameof(attribute.LearningStarts)), Named(nameof(attribute.StepsPerUpdate)),
            Named(nameof(attribute.Explore)), Named(nameof(attribute.Until)), Named(nameof(attribute.ExploreSteps)),
        ];
        Act(step, $"new ReplaySampler({Stream.Experience.Argument}, {Lived}, {Replay}, {step.Model.Field}, "
            + $"new ReplaySettings({string.Join(", ", numbers)}), Seed, _device"
            + (attribute.Priority == 0 ? ")" : $", {Priorities}, DqnCorrectionAt)"));
        string memory = attribute.Memory.ToString(CultureInfo.InvariantCulture);
        step.Trainer.States.Add(new StateNode("replay", Replay, $"the last {memory} transitions",
            $"new ReplayBuffer({memory}, {Sizes(step)})")
        {
            Type = "ReplayBuffer",
            Members = ReplayMembers,
            Property = "Replay",
        });

        if (attribute.Priority == 0) return;
        string first = Named(nameof(attribute.Correction));
        step.AddFunction(new StepFunction("DqnCorrectionAt",
            "β: how much of being drawn more often is made up for, 1 at the end.",
            [$"return {first} + (1 - {first}) * Math.Min(1, step / (double)TotalSteps);"]));
        step.Trainer.States.Add(new StateNode("priorities", Priorities, "how likely each is drawn",
            $"new ReplayPriorities({memory}, {Scalar.Literal(attribute.Priority)})")
        {
            Type = "ReplayPriorities",
            Members = [("priorities", "Values"), ("priorities.largest", "Largest")],
        });

        string Named(string property) => step.Hyperparameter(attribute, property).Code;
    }
}
