using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class CoTeaching : Scheme<CoTeachingAttribute<object>>
{
    private const string Losses = "losses of both networks";

    public override bool NeedsLabeledObjective => true;

    public override bool TakesObjectivePass => true;

    public override bool TakesOneBatch => true;

    public override IReadOnlyList<string> Heads => ["Peer"];

    public override bool HeadsStandBehindModel => false;

    public override Type Replaces => typeof(CrossEntropyAttribute);

    public override string ReplacedNotation => "Σ w·ℓ, ℓ = −log softmax(z)[y]";

    public override IReadOnlyList<ExplainedSymbol> ReplacedSymbols(SchemeAttribute attribute) =>
    [
        new("ℓ", "the cross-entropy of each sample", null, null),
        new("w", "1/n for the n samples with the least cross-entropy of the peer, 0 for others", null, null),
    ];

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        NetworkProgram model = networks[0].Network, peer = networks[1].Network;
        if (!model.KnowsResults || !peer.KnowsResults) return;
        TensorType gives = model.Results[0].Value.Type;
        if (peer.Input.Type == model.Input.Type && peer.Results[0].Value.Type == gives) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, networks[1].Site, declared.Name,
            $"a peer that takes {model.Input.Type} and returns {gives}, as '{networks[0].Name}' does",
            $"'{networks[1].Name}' takes {peer.Input.Type} and returns {peer.Results[0].Value.Type}",
            $"let both have the same ends, or write {declared.Name}<{networks[0].Name}>");
    }

    public override Value Replace(Bound<SchemeAttribute> declared, StepContext step, Func<Comparison, Value> objective)
    {
        var attribute = (CoTeachingAttribute<object>)declared.Attribute;
        Value logits = step.ResultOf(null);
        Shape rows = logits.Shape.Without(1);
        Value labels = step.ReadLabel(
            new TensorType(rows, ElementType.Int64), $"Labels {rows}, int64", (int)logits.Shape[1].Factor);
        Value own = step.CrossEntropies("losses", logits, labels), other = step.CrossEntropies(
            "peerLosses", step.Call(step.Trainer.Find("peer")!, step.LabeledView, "peerLogits"), labels);
        Scalar leftOut = step.GrowsEvenly("CoTeaching", attribute, nameof(attribute.NoiseRate),
            attribute.RampUpSteps > 0 ? 0 : attribute.RampUpEpochs, attribute.RampUpSteps,
            "The share of samples that is left out");
        step.Keep(Losses, [other, Chosen("chosen", own)]);
        return Sum(step, "keptLoss", own, Chosen("chosenByPeer", other));

        Value Chosen(string name, Value losses) => step.Computation.Add(new RuntimeFunction(
            "SampleWeights.OfSmallest", new(new[] { ((Scalar)1 - leftOut).Code }), losses.Shape), name, losses, labels);
    }

    protected override void Check(CoTeachingAttribute<object> attribute, Bound<SchemeAttribute> declared, RunCheck run) =>
        run.RampUp(
            declared, declared.Has(nameof(attribute.RampUpEpochs)) ? attribute.RampUpEpochs : 0, attribute.RampUpSteps);

    protected override void Prepare(
        CoTeachingAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step) =>
        step.Head(declared.Declaration.Types[0], "Peer", "The second network, which learns of what the first one chooses");

    protected override void Lower(CoTeachingAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        var kept = step.Kept(Losses);
        step.AddTerm(new Term("Peer", Sum(step, "peerLoss", kept[0], kept[1]), null, "Σ w'·ℓ'")
        {
            Symbols =
            [
                new("ℓ'", "the peer's cross-entropy of each sample", null, null),
                new("w'", "1/n for the n samples with the least cross-entropy of the network, 0 for others", null, null),
            ],
        });
    }

    private static Value Sum(StepContext step, string name, Value losses, Value weights) => step.Computation.Add(
        new SumAll(), name, step.Computation.Add(new Multiply(), name + "Terms", losses, weights));
}
