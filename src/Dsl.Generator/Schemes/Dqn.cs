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
    private const string Replay = "_replay";

    protected override void CheckSizes(DqnAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        string batch = run.BatchSize.ToString(CultureInfo.InvariantCulture);
        if (attribute.Until > attribute.Explore)
        {
            run.Findings.Add(Catalogue.ExplorationGrows, declared.SiteOf(nameof(attribute.Until)), declared.Name,
                Scalar.Literal(attribute.Explore), Scalar.Literal(attribute.Until));
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
        step.AddFunction(new StepFunction("TargetDecayAt", "The part of the target network that an update leaves: all, or nothing.",
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
        step.AddTerm(new Term("TemporalDifference", c.Add(new HuberError(delta, Reduced.Mean), "temporalDifference", taken, targets),
            null, "mean (e²/2 where |e| ≤ δ, else δ·(|e| − δ/2)), e = q[a] − r − γ·(1 − d)·q̄[b]")
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
                new("δ", "the error from which the loss grows linearly", delta.Code, Scalar.Literal(attribute.Delta)),
            ],
        });

        string Read(string part) => $"ReplayBuffer.Read({Replay}.{part}, indices, {step.Model.Arena}.Values.dtype)";
    }

    private static void AddReplay(DqnAttribute attribute, StepContext step)
    {
        string[] numbers =
        [
            "BatchSize", Named(nameof(attribute.LearningStarts)), Named(nameof(attribute.StepsPerUpdate)),
            Named(nameof(attribute.Explore)), Named(nameof(attribute.Until)), Named(nameof(attribute.ExploreSteps)),
        ];
        Act(step, $"new ReplaySampler({Stream.Experience.Argument}, {Lived}, {Replay}, {step.Model.Field}, "
            + $"new ReplaySettings({string.Join(", ", numbers)}), Seed, _device)");
        string memory = attribute.Memory.ToString(CultureInfo.InvariantCulture);
        step.Trainer.States.Add(new StateNode("replay", Replay, $"the last {memory} transitions",
            $"new ReplayBuffer({memory}, {Sizes(step)})")
        {
            Type = "ReplayBuffer",
            Members =
            [
                .. new List<string> { "States", "Nexts", "Actions", "Rewards", "Terminations", "Added" }
                    .ConvertAll(part => ($"replay.{part.ToLowerInvariant()}", part)),
            ],
            Property = "Replay",
        });

        string Named(string property) => step.Hyperparameter(attribute, property).Code;
    }
}
