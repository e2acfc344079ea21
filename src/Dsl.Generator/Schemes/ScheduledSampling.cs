using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class ScheduledSampling : Scheme<ScheduledSamplingAttribute>
{
    public override bool NeedsLabeledObjective => true;

    public override bool NeedsClasses => false;

    public override bool TakesObjectivePass => true;

    public override bool ChangesSamples => true;

    public override IReadOnlyList<string> Inputs(SchemeAttribute attribute) =>
        ((ScheduledSamplingAttribute)attribute).Input is { Length: > 0 } input ? [input] : [];

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var attribute = (ScheduledSamplingAttribute)declared.Attribute;
        LearnedNetwork model = networks[0];
        if (PortOf(attribute, model.Network) is not { } port)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(nameof(attribute.Input)), model.Site, declared.Name,
                $"a model with an input \"{attribute.Input}\"", $"'{model.Name}' has none",
                $"write [Input(\"{attribute.Input}\", T, Elements = Elements.Index)] on '{model.Name}'");
            return;
        }

        TensorType tokens = port.Value.Type;
        if (tokens.Element != ElementType.Int64 || tokens.Shape.Rank != 2)
        {
            Need("tokens, [N, T] of integers", $"that of '{model.Name}' is {tokens}", "declare Elements = Elements.Index");
            return;
        }

        if (!model.Network.KnowsResults) return;
        Shape given = model.Network.Results[0].Value.Shape;
        if (given.Rank != 3 || given[1] != tokens.Shape[1])
        {
            Need($"logits of the token behind each place, [N, {tokens.Shape[1]}, V]", $"'{model.Name}' returns {given}",
                "end it with [Linear(V)] for each place");
        }

        void Need(string need, string found, string remedy) =>
            findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, need, found, remedy);
    }

    protected override void Check(ScheduledSamplingAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        (string Need, string Found, string Remedy)? wrong = attribute.Decay switch
        {
            SamplingDecay.Linear when attribute.K > 1 => ("k of at most 1, a share", "it is above 1", "write 1"),
            SamplingDecay.Linear when attribute.Slope == 0 =>
                ("a slope by which the share falls", "Slope is 0", "write Slope = 1e-4, and it falls by 1 in 10,000 updates"),
            SamplingDecay.Exponential when attribute.K >= 1 => ("k below 1", "k to a power never falls", "write 0.999"),
            SamplingDecay.InverseSigmoid when attribute.K < 1 => ("k of 1 or more", "k is below 1", "write 1000"),
            _ => null,
        };
        if (wrong is { } found)
            run.Findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, found.Need, found.Found, found.Remedy);
    }

    protected override void Prepare(ScheduledSamplingAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        NetworkProgram network = step.Trainer.Network;
        int place = network.Inputs.IndexOf(PortOf(attribute, network)!);
        Value gold = step.InputsOfBatch[place], seen = gold;
        long length = gold.Shape[1].Factor;
        Dim rows = gold.Shape[0];
        Value events = step.Draw(new DrawnEvents("Told", rows, length, 1 - Share(attribute, step),
            $"Which tokens are those that the network tells itself [N, {length}]"));
        Value[] numbers = attribute.Greedy ? [] :
        [
            step.Draw(new DrawnReals("TokenNumber", rows, length, 0, 1, $"Numbers that decide what it tells [N, {length}]")),
        ];
        for (int pass = 0; pass < attribute.Passes; pass++)
        {
            string suffix = pass == 0 ? "" : $"{pass + 1}";
            Value[] inputs = [.. step.InputsOfBatch];
            inputs[place] = seen;
            Value logits = step.Ask(step.Model, inputs, "toldLogits" + suffix, keepsStatistics: true);
            seen = c.Add(new RuntimeFunction("ScheduledTokens.Mix", default, gold.Type), "seen" + suffix,
                [gold, logits, events, .. numbers]);
        }

        step.SeeInput(place, seen);
    }

    protected override void Lower(ScheduledSamplingAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        // Everything was said before the pass that objectives read.
    }

    private static NetworkPort? PortOf(ScheduledSamplingAttribute attribute, NetworkProgram network) =>
        attribute.Input.Length == 0 ? network.Inputs[0] : network.Inputs.FirstOrDefault(input => input.Name == attribute.Input);

    /// <summary>ε: the share of true tokens in an update, a method of the trainer.</summary>
    private static Scalar Share(ScheduledSamplingAttribute attribute, StepContext step)
    {
        string k = step.Hyperparameter(attribute, nameof(attribute.K)).Code;
        string share = attribute.Decay switch
        {
            SamplingDecay.Linear => $"Math.Max({step.Hyperparameter(attribute, nameof(attribute.Minimum)).Code}, "
                + $"{k} - ({step.Hyperparameter(attribute, nameof(attribute.Slope)).Code} * step))",
            SamplingDecay.Exponential => $"Math.Pow({k}, step)",
            _ => $"{k} / ({k} + Math.Exp(step / {k}))",
        };
        step.AddFunction(new StepFunction("TrueTokensAt", "The share of true tokens that the network sees in an update.",
            [$"return {share};"]));
        return new Scalar.AtStep("TrueTokensAt");
    }
}
