using System.Collections.Generic;
using System.Globalization;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>A policy that learns of rollouts which a critic values.</summary>
/// <inheritdoc/>
internal abstract class ActorCritic<TAttribute> : EnvironmentScheme<TAttribute>
    where TAttribute : ActorCriticAttribute
{
    private const string Rollout = "_rollout";

    public sealed override IReadOnlyList<string> Heads => ["Critic"];

    public sealed override bool HeadsStandBehindModel => false;

    public sealed override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        base.CheckNetworks(declared, networks, findings);
        var (policy, critic) = (networks[0], networks[1]);
        if (critic.Network.Input.Type != policy.Network.Input.Type)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, critic.Site, declared.Name,
                "a critic that takes what the policy takes",
                $"'{critic.Name}' takes {critic.Network.Input.Type} and '{policy.Name}' {policy.Network.Input.Type}",
                "give both the same shape");
        }

        if (critic.Network is { KnowsResults: true } network && network.Results[0].Value.Shape is var value
            && value != Shape.Of(value[0], 1))
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, critic.Site, declared.Name, "a critic that gives a value, [N, 1]",
                $"'{critic.Name}' returns {value}", "let it end with [Linear(1)]");
        }
    }

    /// <summary>How often a rollout is learned of, in C#.</summary>
    protected abstract string Passes(TAttribute attribute, StepContext step);

    /// <summary>What the policy minimises.</summary>
    /// <param name="costs">−log π(a|s), [N].</param>
    /// <param name="advantage">A, [N].</param>
    /// <param name="read">How <c>Fit</c> reads a part of the rollout, in C#.</param>
    protected abstract Term Policy(
        TAttribute attribute, StepContext step, Value costs, Value advantage, System.Func<string, string> read);

    protected sealed override void Lower(TAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player critic = step.Head(declared.Declaration.Types[0], "Critic", "The network that says what a state is worth");
        string discount = Named(nameof(attribute.Discount)).Code, decay = Named(nameof(attribute.Lambda)).Code;
        Act(step, $"new RolloutSampler({Stream.Experience.Argument}, {Lived}, {Rollout}, {step.Model.Field}, {critic.Field}, "
            + $"new RolloutSettings({Written(attribute.Rollout)}, BatchSize, {Passes(attribute, step)}, {discount}, {decay}, "
            + $"{Spelling.Bool(attribute.Normalize)}), Seed, _device)");
        AddRollout(attribute, step);

        Value state = Observation(step, "State", "What was seen", Read("States"));
        Value action = Action(step, $"ReplayBuffer.Read({Rollout}.Actions, indices, ScalarType.Int64)");
        Value advantage = Number(
            step, "Advantage", "How much better that was than the critic expected", Read("Advantages"));
        Value earned = Number(step, "ValueTarget", "What the critic should have said", Read("Returns"));
        Value logits = step.Call(step.Model, state, "logits");
        step.AddTerm(Policy(attribute, step, step.CrossEntropies("action", logits, action), advantage, Read));
        Value value = step.Call(critic, state, "value");
        step.AddTerm(new Term("Value", c.Add(new SquaredError(Reduced.Mean), "valueError", value,
            Column(step, earned, "valueTargets")), Named(nameof(attribute.ValueWeight)), "mean (v − R)²")
        {
            Symbols =
            [
                new("v", "the critic's value of what was seen", null, null),
                new("R", "the advantage, not normalised, and the value when it was computed", null, null),
            ],
        });
        AddEntropy(step, logits, Named(nameof(attribute.Entropy)));

        Scalar Named(string property) => step.Hyperparameter(attribute, property);
        string Read(string part) => $"ReplayBuffer.Read({Rollout}.{part}, indices, {step.Model.Arena}.Values.dtype)";
    }

    /// <summary>A number in C#.</summary>
    protected static string Written(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void AddRollout(TAttribute attribute, StepContext step)
    {
        string capacity = Written((long)attribute.Rollout * attribute.Environments);
        step.Trainer.States.Add(new StateNode("rollout", Rollout, $"the last {capacity} steps of the policy",
            $"new Rollout({capacity}, {Sizes(step)})")
        {
            Type = "Rollout",
            Members =
            [
                ("rollout.states", "States"), ("rollout.actions", "Actions"), ("rollout.advantages", "Advantages"),
                ("rollout.returns", "Returns"), ("rollout.logarithms", "LogProbabilities"),
            ],
        });
    }
}

internal sealed class A2c : ActorCritic<A2cAttribute<object>>
{
    protected override void CheckSizes(A2cAttribute<object> attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        long steps = (long)attribute.Rollout * attribute.Environments;
        if (steps == run.BatchSize) return;
        run.Findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "a batch that is a rollout",
            $"{Written(attribute.Rollout)} steps in {Written(attribute.Environments)} environments are {Written(steps)}, and a "
            + $"batch has {Written(run.BatchSize)}", $"write [BatchSize({Written(steps)})]");
    }

    protected override string Passes(A2cAttribute<object> attribute, StepContext step) => "1";

    protected override Term Policy(
        A2cAttribute<object> attribute, StepContext step, Value costs, Value advantage, System.Func<string, string> read)
    {
        Value weighted = step.Computation.Add(new Multiply(), "weightedCosts", advantage, costs);
        return new Term("Policy", step.Mean("policy", weighted), null, "mean −A·log softmax(z)[a]")
        {
            Symbols =
            [
                new("A", "how much better the action was than the critic expected, constant", null, null),
                new("a", "the action that was taken", null, null),
            ],
        };
    }
}

internal sealed class Ppo : ActorCritic<PpoAttribute<object>>
{
    protected override void CheckSizes(PpoAttribute<object> attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        long steps = (long)attribute.Rollout * attribute.Environments;
        if (steps % run.BatchSize == 0) return;
        run.Findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "batches that divide a rollout",
            $"{Written(attribute.Rollout)} steps in {Written(attribute.Environments)} environments are {Written(steps)}, and a "
            + $"batch has {Written(run.BatchSize)}", "give a rollout a multiple of the batch");
    }

    protected override string Passes(PpoAttribute<object> attribute, StepContext step) =>
        step.Hyperparameter(attribute, nameof(attribute.Passes)).Code;

    protected override Term Policy(
        PpoAttribute<object> attribute, StepContext step, Value costs, Value advantage, System.Func<string, string> read)
    {
        Computation c = step.Computation;
        Value before = Number(step, "LogProbability", "The logarithm of the probability with which the action was drawn",
            read("LogProbabilities"));
        Value change = c.Add(new Subtract(), "logRatios", c.Add(new Scale(-1), "logProbabilitiesNow", costs), before);
        Value ratio = c.Add(new Exponential(), "ratios", change);
        Value bounded = c.Add(new Clamp(1 - attribute.Clip, 1 + attribute.Clip), "clippedRatios", ratio);
        Value gain = c.Add(new Minimum(), "gains", c.Add(new Multiply(), "ownGains", ratio, advantage),
            c.Add(new Multiply(), "clippedGains", bounded, advantage));
        return new Term(
            "Policy", c.Add(new Scale(-1), "policy", step.Mean("meanGain", gain)), null,
            "mean −min(ρ·A, clip(ρ, 1 − ε, 1 + ε)·A)")
        {
            Symbols =
            [
                new("ρ", "the probability of the action that was taken, divided by what it was then", null, null),
                new("A", "how much better the action was than the critic expected, normalised, constant", null, null),
                new("ε", "how far the probability may change", null, Scalar.Literal(attribute.Clip)),
            ],
        };
    }
}
