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

internal sealed class Sac : EnvironmentScheme<SacAttribute<object>>
{
    private const string Critic = "Critic", Replay = "_replay", Temperature = "LogTemperature";

    // The bounds of a log deviation, as the runtime's SquashedNormal has them, and one of log α that no run comes near.
    private const double LeastLogDeviation = -20, MostLogDeviation = 2, MostLogTemperature = 20;

    public override IReadOnlyList<string> Learners => [Critic];

    public override IReadOnlyList<string> Inputs(SchemeAttribute attribute) => ["action"];

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var (policy, critic) = (networks[0], networks[1]);
        RequireSteadiness(declared, networks, findings);
        if (policy.Network.Inputs.Count > 1)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, policy.Site, declared.Name,
                "a policy that takes what is seen alone", $"'{policy.Name}' has the input \"action\"",
                "remove the input: it gives an action, and the critic takes it");
        }

        if (!policy.Network.KnowsResults) return;
        Shape output = policy.Network.Results[0].Value.Shape;
        if (output.Rank != 2 || output[1].Factor % 2 != 0)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, policy.Site, declared.Name,
                "means and log deviations of A numbers, [N, 2A]", $"'{policy.Name}' returns {output}",
                "end the model with [Flatten, Linear(2 * A)]");
            return;
        }

        var action = new TensorType(output.With(1, output[1].Factor / 2));
        bool takes = critic.Network.Inputs.Count == 2 && critic.Network.Input.Type == policy.Network.Input.Type
            && critic.Network.Inputs[1].Value.Type == action;
        if (!takes)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, critic.Site, declared.Name,
                $"a critic that takes {policy.Network.Input.Type} and an action {action.Shape}, its input \"action\"",
                critic.Network.Inputs.Count == 1 ? $"'{critic.Name}' takes {critic.Network.Input.Type} alone"
                    : $"'{critic.Name}' takes {critic.Network.Input.Type} and {critic.Network.Inputs[1].Value.Type}",
                $"write [Input(\"action\", {action.Shape[1].Factor}), Concat(\"action\")] behind its [Model]");
        }

        if (critic.Network is { KnowsResults: true } network && network.Results[0].Value.Shape is var value
            && value != Shape.Of(value[0], 1))
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, critic.Site, declared.Name, "a critic that gives a value, [N, 1]",
                $"'{critic.Name}' returns {value}", "let it end with [Linear(1)]");
        }
    }

    protected override void CheckSizes(SacAttribute<object> attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        foreach (var (name, value, what) in new[]
        {
            (nameof(attribute.Memory), attribute.Memory, "a memory that holds a batch"),
            (nameof(attribute.LearningStarts), attribute.LearningStarts, "a batch of transitions before the first update"),
        })
        {
            if (value >= run.BatchSize) continue;
            run.Findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(name), declared.Name, what,
                $"{name} = {Written(value)} is less than its {Written(run.BatchSize)} transitions",
                "make it many batches, or the batches smaller");
        }
    }

    protected override void Lower(SacAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        long numbers = step.Trainer.Network.Results[0].Value.Shape[1].Factor / 2;
        Player first = step.Learned(
            declared.Declaration.Types[0], Critic, "The first of the networks that say what an action is worth"),
        second = step.Learned(
            declared.Declaration.Types[0], "SecondCritic", "The second of them, of parameters of its own");
        StepContext before = step.Before(Critic, first);
        before.Phase.Learners.Add(second);
        step.Phase.Name = "Actor";
        Scalar tau = step.Hyperparameter(attribute, nameof(attribute.Tau)),
        discount = step.Hyperparameter(attribute, nameof(attribute.Discount));
        Scalar kept = (Scalar)1 - tau;
        Player firstTarget = step.Average(first, "target", "The moving average of the first critic, which values what follows",
            "the target, the average of the first critic,", trains: false, kept),
        secondTarget = step.Average(second, "secondTarget", "The moving average of the second critic",
            "the second target, the average of the second critic,", trains: false, kept);
        AddReplay(attribute, step, numbers);

        string Read(string part) => $"ReplayBuffer.Read({Replay}.{part}, indices, {step.Model.Arena}.Values.dtype)";
        Stream stream = Stream.Motion;
        Dim rows = stream.Rows;
        Field state = Seen(step, stream, "State", "What was seen", Read("States"));
        var actionType = new TensorType(Shape.Of(rows, numbers));
        Field action = step.AddField(new Field(
            stream, "Action", actionType, $"What was done, in [-1, 1], {actionType.Shape}", Read("Actions")));
        Field reward = NumberOf(step, stream, "Reward", "What that earned", Read("Rewards"));
        Field next = Seen(
            step, stream, "Next", "What was seen then, the last observation of an episode included", Read("Nexts"));
        Field terminated = NumberOf(step, stream, "Terminated", "1 where the task was over then, else 0", Read("Terminations"));

        Value logTemperature = step.LearnedNumber(
            Temperature, "log α, the logarithm of the temperature, learned", new Scalar.Named(
                $"Math.Log({step.Hyperparameter(attribute, nameof(attribute.Temperature)).Code})"), MostLogTemperature);
        LowerCritics();
        LowerPolicy();

        void LowerCritics()
        {
            Computation c = before.Computation;
            Value nextState = before.Read(next);
            var (drawn, logProbability) = Drawn(
                before, before.Ask(step.Model, nextState, "nextDistribution"), numbers, "Next", "at what was seen then");
            Value following = c.Add(new Minimum(), "nextValues", before.Ask(firstTarget, [nextState, drawn], "firstNextValues"),
                before.Ask(secondTarget, [nextState, drawn], "secondNextValues"));
            Value temperature = c.Add(new Exponential(), "temperature", before.Argument(Temperature, logTemperature.Type));
            Value soft = c.Add(new Subtract(), "softNextValues", following,
                c.Add(new Multiply(), "nextEntropyCosts", temperature, Column(before, logProbability, "nextLogColumn")));
            Value goesOn = c.Add(
                new AddNumber(1), "goesOn", c.Add(new Scale(-1), "negativeTerminated", before.Read(terminated)));
            Value targets = c.Add(new StopGradient(), "valueTargets", c.Add(new Add(), "targets",
                Column(before, before.Read(reward), "rewards"), c.Add(new Scale(discount), "discountedFutures",
                    c.Add(new Multiply(), "countedFutures", soft, Column(before, goesOn, "goesOnColumn")))));
            foreach (var (name, critic) in new[] { ("First", first), ("Second", second) })
            {
                string member = name.ToLowerInvariant();
                Value said = before.Call(critic, [before.Read(state), before.Read(action)], member + "Values");
                Value error = c.Add(new SquaredError(Reduced.Mean), member + "Error", said, targets);
                before.AddTerm(new Term(name + "Value", error, 0.5,
                    "½ mean (q(s, a) − r − γ·(1 − d)·(min q̄(s', a') − α·log π(a')))²")
                {
                    Symbols =
                    [
                        new("q", $"the {member} critic", null, null),
                        new("s", "what was seen", null, null),
                        new("a", "what was done", null, null),
                        new("r", "what it earned", null, null),
                        new("γ", "what a reward is worth a step later", discount.Code, Scalar.Literal(attribute.Discount)),
                        new("d", "1 where the task was over then, else 0", null, null),
                        new("q̄", "the averages of both critics, of which the smaller value counts", null, null),
                        new("s'", "what was seen then", null, null),
                        new("a'", "an action that the policy draws there", null, null),
                        new("α", "the temperature", null, null),
                        new("π", "the policy's density", null, null),
                    ],
                });
            }
        }

        void LowerPolicy()
        {
            Computation c = step.Computation;
            Value seen = step.Read(state);
            var (drawn, logProbability) = Drawn(
                step, step.Call(step.Model, seen, "distribution"), numbers, "", "at what was seen");
            Value worth = c.Add(new Minimum(), "values", step.Call(first, [seen, drawn], "firstWorth"),
                step.Call(second, [seen, drawn], "secondWorth"));
            Value temperature = c.Add(
                new StopGradient(), "temperatureNow", c.Add(new Exponential(), "temperature", logTemperature));
            Value costs = c.Add(new Subtract(), "policyCosts", c.Add(new Multiply(), "entropyCosts", temperature,
                Column(step, logProbability, "logColumn")), worth);
            var symbols = new ExplainedSymbol[]
            {
                new("α", "the temperature", null, null),
                new("π", "the policy's density of squashed normal numbers", null, null),
                new("a", "an action that the policy draws at what was seen", null, null),
            };
            step.AddTerm(new Term("Policy", step.Mean("policy", costs), null, "mean (α·log π(a) − min q(s, a))")
            {
                Symbols =
                [
                    .. symbols,
                    new("s", "what was seen", null, null),
                    new("q", "both critics, of which the smaller value counts", null, null),
                ],
            });
            Scalar entropy = double.IsNaN(attribute.TargetEntropy) ? -(double)numbers : attribute.TargetEntropy;
            Value missing = c.Add(new StopGradient(), "missingEntropy",
                c.Add(new AddNumber(entropy), "overEntropy", step.Mean("meanLogProbability", logProbability)));
            Value loss = c.Add(new Scale(-1), "temperatureLoss", c.Add(
                new Multiply(), "temperatureGain", c.Add(new SumAll(), "logTemperatureSum", logTemperature), missing));
            step.AddTerm(new Term("Temperature", loss, null, "−log α·mean (log π(a) + H̄)")
            {
                Symbols =
                [
                    .. symbols,
                    new("H̄", "the entropy that is aimed at", null,
                        Scalar.Literal(double.IsNaN(attribute.TargetEntropy) ? -numbers : attribute.TargetEntropy)),
                ],
            });
        }
    }

    // An action of a network's distribution, and the logarithm of its density, [N]: that of the normal numbers u, less
    // log(1 − tanh²u) = 2·(log 2 − u − softplus(−2u)) of each (appendix C, written so that it overflows nowhere).
    private static (Value Action, Value LogProbability) Drawn(
        StepContext step, Value distribution, long numbers, string name, string where)
    {
        Computation c = step.Computation;
        Value mean = c.Add(new Slice(1, 0, numbers), Named("means"), distribution);
        Value logDeviation = c.Add(new Clamp(LeastLogDeviation, MostLogDeviation), Named("logDeviations"),
            c.Add(new Slice(1, numbers, numbers), Named("secondHalf"), distribution));
        Value noise = step.Draw(new DrawnNormals($"{name}Noise", Stream.Motion.Rows, Shape.Of(numbers),
            $"Standard normal numbers, of which an action {where} is drawn, {mean.Shape}"));
        Value drawn = c.Add(new Add(), Named("normals"), mean, c.Add(new Multiply(), Named("spread"),
            c.Add(new Exponential(), Named("deviations"), logDeviation), noise));
        Value action = c.Add(new Tanh(), Named("drawnAction"), drawn);
        Value half = c.Add(new Scale(-0.5), Named("halfSquares"), c.Add(new Square(), Named("noiseSquares"), noise));
        Value density = c.Add(new AddNumber(-0.5 * Math.Log(2 * Math.PI)), Named("normalDensities"),
            c.Add(new Subtract(), Named("overLogs"), half, logDeviation));
        Value tail = c.Add(new Softplus(1, 40), Named("tails"), c.Add(new Scale(-2), Named("minusTwice"), drawn));
        Value slope = c.Add(new Scale(-2), Named("slopes"), c.Add(new AddNumber(-Math.Log(2)), Named("slopeSums"),
            c.Add(new Add(), Named("tailSums"), drawn, tail)));
        return (action, c.Add(new Sum(1), Named("logProbabilities"),
            c.Add(new Subtract(), Named("densities"), density, slope)));

        string Named(string what) =>
            name.Length == 0 ? what : char.ToLowerInvariant(name[0]) + name.Substring(1) + char.ToUpperInvariant(what[0])
                + what.Substring(1);
    }

    private static void AddReplay(SacAttribute<object> attribute, StepContext step, long numbers)
    {
        string starts = step.Hyperparameter(attribute, nameof(attribute.LearningStarts)).Code,
        each = step.Hyperparameter(attribute, nameof(attribute.StepsPerUpdate)).Code, memory = Written(attribute.Memory);
        Act(step, $"new SacSampler({Stream.Motion.Argument}, {Lived}, {Replay}, {step.Model.Field}, "
            + $"new SacSettings(BatchSize, {starts}, {each}), Seed, _device)");
        step.Trainer.States.Add(new StateNode("replay", Replay, $"the last {memory} transitions",
            $"ReplayBuffer.OfVectors({memory}, {Written(numbers)}, {Sizes(step)})")
        {
            Type = "ReplayBuffer",
            Members = ReplayMembers,
            Property = "Replay",
        });
    }

    private static string Written(long number) => number.ToString(CultureInfo.InvariantCulture);
}
