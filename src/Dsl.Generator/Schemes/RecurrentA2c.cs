using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class RecurrentA2c : EnvironmentScheme<RecurrentA2cAttribute>
{
    private const string Rollout = "_rollout";

    public override bool ReadsAllOutputs => true;

    public override IReadOnlyList<string> Inputs(SchemeAttribute attribute) => [((RecurrentA2cAttribute)attribute).Memory];

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var (name, model) = (((RecurrentA2cAttribute)declared.Attribute).Memory, networks[0]);
        var network = model.Network;
        if (network.Inputs.Count != 2)
        {
            Need($"an input \"{name}\" for what is remembered", $"'{model.Name}' takes what is seen alone",
                $"write [Input(\"{name}\", 32)] behind [Model], and [GruCell(\"{name}\")]");
            return;
        }

        Shape memory = network.Inputs[1].Value.Shape;
        if (network.Results.Count != 3 || memory.Rank != 2)
        {
            Need("three outputs, logits [N, K], a value [N, 1] and the next memory [N, S]",
                network.Results.Count != 3 ? $"'{model.Name}' has {network.Results.Count}" : $"the memory is {memory}",
                "end the model with [Linear(K), Output(\"Logits\"), From(\"next\"), Linear(1), Output(\"Value\"), "
                + "From(\"next\"), Output(\"Memory\")]");
            return;
        }

        base.CheckNetworks(declared, networks, findings);
        if (!network.KnowsResults) return;
        Shape value = network.Results[1].Value.Shape, next = network.Results[2].Value.Shape;
        if (value != Shape.Of(value[0], 1))
        {
            Need("a value for each sample, [N, 1], as the second output", $"'{network.Results[1].Name}' is {value}",
                "let it end with [Linear(1)]");
        }

        if (next != memory)
        {
            Need($"a third output that is the next \"{name}\", {memory}", $"'{network.Results[2].Name}' is {next}",
                "give both the same size");
            return;
        }

        // What is remembered is what goes on from the one memory to the next.
        if (Reaches(network, network.Inputs[1].Value, network.Results[2].Value))
        {
            Value seen = network.Inputs[0].Value;
            foreach (var output in network.Results.Take(2).Where(output => !Reaches(network, seen, output.Value)))
            {
                Need("outputs that depend on what is seen", $"'{output.Name}' does not",
                    "lead what is seen to it: read the state behind the cell");
            }

            return;
        }

        findings.Add(Catalogue.NothingRemembered, declared.Site, model.Site, network.Results[2].Name, model.Name, name);

        void Need(string need, string found, string remedy) =>
            findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, need, found, remedy);
    }

    protected override void CheckSizes(RecurrentA2cAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        if (attribute.Environments == run.BatchSize) return;
        run.Findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "a rollout of each environment in a batch",
            $"there are {Written(attribute.Environments)} environments, and a batch has {Written(run.BatchSize)} samples",
            $"write [BatchSize({Written(attribute.Environments)})]");
    }

    protected override void Lower(RecurrentA2cAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        NetworkProgram network = step.Trainer.Network;
        long length = attribute.Rollout, actions = network.Results[0].Value.Shape[1].Factor;
        Shape seen = network.Inputs[0].Value.Shape, remembered = network.Inputs[1].Value.Shape;
        Dim rows = Stream.Experience.Rows;
        string discount = Named(nameof(attribute.Discount)).Code, decay = Named(nameof(attribute.Lambda)).Code;
        Act(step, $"new RecurrentRolloutSampler({Stream.Experience.Argument}, {Lived}, {Rollout}, {step.Model.Field}.forward, "
            + $"new RolloutSettings({Written(length)}, BatchSize, 1, {discount}, {decay}, {Spelling.Bool(attribute.Normalize)}), "
            + $"Seed, {step.Model.Arena}.Values.dtype, _device)");
        AddRollout(attribute, step, remembered[1].Factor);

        Value states = Steps(AddField("State", Shape.Of([rows, length, .. seen.Dims.Skip(1)]), "What was seen in each step",
            "States", isSeen: true));
        Value memory = AddField("Memory", Shape.Of(rows, remembered[1]), "The state with which the rollout begins", "Memories");
        Value kept = Steps(AddField("Kept", Shape.Of(rows, length),
            "1 where a step belongs to the episode of the one before, 0 where another one begins", "Kept"));
        var type = new TensorType(Shape.Of(rows, length), ElementType.Int64);
        Value taken = step.Read(step.AddField(new Field(Stream.Experience, "Action", type,
            $"What was done, 0, ..., {Written(actions - 1)}, {type.Shape}, int64",
            $"ReplayBuffer.Read({Rollout}.Actions, indices, ScalarType.Int64)")
        {
            Classes = (int)actions,
            IsLabel = true,
            IsComplete = true,
        }));
        Value action = OfAll(Steps(taken), "actions");
        Value advantage = OfAll(Steps(AddField("Advantage", Shape.Of(rows, length),
            "How much better that was than the critic expected", "Advantages")), "advantages");
        Value earned = OfAll(Steps(AddField("ValueTarget", Shape.Of(rows, length),
            "What the critic should have said", "Returns")), "valueTargets");

        // Step after step, from the state that the step before left.
        List<Value> logits = [], values = [];
        for (int t = 0; t < length; t++)
        {
            string at = Written(t);
            if (t > 0)
            {
                Value goesOn = c.Add(new Unsqueeze(1), "keeps" + at, c.Add(new Select(t), "kept" + at, kept));
                memory = c.Add(new Multiply(), "begun" + at, memory, goesOn);
            }

            Value now = c.Add(new Select(t), "state" + at, states);
            var outputs = step.CallAll(step.Model, [now, memory], ["logits" + at, "value" + at, "memory" + at]);
            logits.Add(outputs[0]);
            values.Add(outputs[1]);
            memory = outputs[2];
        }

        Value all = c.Add(new Concatenate(0), "logits", [.. logits]);
        Value worth = c.Add(new Concatenate(0), "values", [.. values]);
        Value costs = step.CrossEntropies("action", all, action);
        step.AddTerm(new Term(
            "Policy", step.Mean("policy", c.Add(new Multiply(), "weightedCosts", advantage, costs)), null,
            "mean −A·log softmax(z)[a]")
        {
            Symbols =
            [
                new("A", "how much better the action was than the critic expected, constant", null, null),
                new("a", "the action that was taken", null, null),
            ],
        });
        step.AddTerm(new Term("Value", c.Add(new SquaredError(Reduced.Mean), "valueError", worth,
            Column(step, earned, "valueTargetColumn")), Named(nameof(attribute.ValueWeight)), "mean (v − R)²")
        {
            Symbols =
            [
                new("v", "the network's value of what was seen and remembered", null, null),
                new("R", "the advantage, not normalised, and the value when it was computed", null, null),
            ],
        });
        AddEntropy(step, all, Named(nameof(attribute.Entropy)));

        Scalar Named(string property) => step.Hyperparameter(attribute, property);

        Value AddField(string name, Shape shape, string summary, string part, bool isSeen = false) =>
            step.Read(step.AddField(new Field(Stream.Experience, name, new TensorType(shape), $"{summary} {shape}",
                $"ReplayBuffer.Read({Rollout}.{part}, indices, {step.Model.Arena}.Values.dtype)") { IsInParts = isSeen }));

        // [N, n, ...] as [n, N, ...]: what belongs to a step lies together.
        Value Steps(Value field)
        {
            long[] order = [.. Enumerable.Range(0, field.Shape.Rank).Select(i => i < 2 ? 1L - i : i)];
            return c.Add(new Contiguous(), field.Hint + "Steps",
                c.Add(new Permute(new(order)), field.Hint + "ByStep", field));
        }

        Value OfAll(Value steps, string name) => c.Add(new Reshape(Shape.Of(rows * length)), name, steps);
    }

    private static bool Reaches(NetworkProgram network, Value from, Value to)
    {
        var reached = new HashSet<Value> { from };
        foreach (var node in network.Computation.Nodes.Where(node => node.Inputs.Any(reached.Contains)))
            reached.UnionWith(node.Outputs);
        return reached.Contains(to);
    }

    private static void AddRollout(RecurrentA2cAttribute attribute, StepContext step, long memory)
    {
        string copies = Written(attribute.Environments), length = Written(attribute.Rollout);
        step.Trainer.States.Add(new StateNode("rollout", Rollout, $"the last {length} steps of {copies} environments, and what "
            + "is remembered in each", $"new RecurrentRollout({copies}, {length}, {Written(memory)}, {Sizes(step)})")
        {
            Type = "RecurrentRollout",
            Members =
            [
                ("rollout.states", "States"), ("rollout.memories", "Memories"), ("rollout.kept", "Kept"),
                ("rollout.actions", "Actions"), ("rollout.advantages", "Advantages"), ("rollout.returns", "Returns"),
                ("rollout.carried", "Carried"),
            ],
        });
    }

    private static string Written(long number) => number.ToString(CultureInfo.InvariantCulture);
}
