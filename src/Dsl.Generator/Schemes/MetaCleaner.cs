using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class MetaCleaner : Scheme<MetaCleanerAttribute<object>>
{
    private const string Weighting = "Weighting";

    public override bool NeedsLabeledObjective => true;

    public override bool TakesObjectivePass => true;

    public override bool TakesOneBatch => true;

    public override IReadOnlyList<string> Heads => [Weighting];

    public override bool HeadsStandBehindModel => false;

    public override Type Replaces => typeof(CrossEntropyAttribute);

    public override string ReplacedNotation => "−mean log softmax(Σ α·z)[y], α = softmax(g(f))";

    public override string ReadsTag(SchemeAttribute attribute) => ((MetaCleanerAttribute<object>)attribute).Of;

    public override IReadOnlyList<ExplainedSymbol> ReplacedSymbols(SchemeAttribute attribute) =>
    [
        new("α", "what each sample of a set counts; of a set they sum to 1", null, null),
        new("g", "the network that compares the samples of a set", null, null),
        new("f", $"their {((MetaCleanerAttribute<object>)attribute).Of}, side by side", null, null),
    ];

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var attribute = (MetaCleanerAttribute<object>)declared.Attribute;
        var (model, weighting) = (networks[0], networks[1]);
        if (!model.Network.KnowsResults || model.Network.FindResult(attribute.Of) is not { } port) return;
        Value features = port.Value, output = model.Network.Results[0].Value;
        if (features.Shape.Rank != 2 || features == output
            || output.Producer.Operation is not Linear || output.Producer.Inputs[0] != features)
        {
            Need(model, $"one [Linear] between \"{attribute.Of}\", [N, D], and the output: only then are the logits of a mean "
                + "feature a mean of logits", $"'{model.Name}' has \"{attribute.Of}\" {features.Shape} and the output "
                + $"{output.Shape}, with something else between", $"end it with [Tag(\"{attribute.Of}\"), Linear(K)]");
            return;
        }

        if (!weighting.Network.KnowsResults) return;
        Shape takes = weighting.Network.Input.Shape, gives = weighting.Network.Results[0].Value.Shape;
        long all = attribute.Subset * features.Shape[1].Factor;
        if (weighting.Network.IsPlain && takes == Shape.Of(takes[0], all)
            && gives == Shape.Of(takes[0], attribute.Subset)) return;
        Need(weighting, $"a network that says of {attribute.Subset} samples with {features.Shape[1]} features each what they "
            + $"count, [N, {all}] to [N, {attribute.Subset}]", $"'{weighting.Name}' is {takes} to {gives}",
            $"begin it with [Model({all})], and end it with [Linear({attribute.Subset})]");

        void Need(LearnedNetwork network, string need, string found, string remedy) => findings.Add(
            Catalogue.SchemeNeeds, declared.Site, network.Site, declared.Name, need, found, remedy);
    }

    public override Value Replace(Bound<SchemeAttribute> declared, StepContext step, Func<Comparison, Value> objective)
    {
        var attribute = (MetaCleanerAttribute<object>)declared.Attribute;
        Computation c = step.Computation;
        long subset = attribute.Subset;
        Value logits = step.ResultOf(null), features = step.ResultOf(attribute.Of);
        Value labels = step.ReadLabel(new TensorType(logits.Shape.Without(1), ElementType.Int64),
            $"Labels {logits.Shape.Without(1)}, int64, alike in every set of {subset}", (int)logits.Shape[1].Factor);
        step.Require("Label", $"SampleSets.RequireAlike(nameof(batch.Label), batch.Label, {subset}, StepCount == 0);");
        Dim sets = Dim.Batch("G");
        Value together = c.Add(
            new Reshape(Shape.Of(sets, features.Shape[1] * (Dim)subset)), "setFeatures", features);
        Value weights = c.Add(
            new Softmax(), "sampleWeights", step.Call(step.Trainer.Find("weighting")!, together, "importances"));
        step.Trainer.Reports.Add(new StepReport("CountedSamples",
            c.Add(new RuntimeFunction("SampleWeights.CountedOfSets", default, Shape.Scalar), "countedSamples", weights),
            "Mean of 1/Σ α² over the sets: how many samples of a set counted."));

        // W·Σ α·f + b is Σ α·(W·f + b), since the weights of a set sum to 1.
        Value means = c.Add(new BatchedProduct(), "setMeans",
            c.Add(new Reshape(Shape.Of(sets, 1, subset)), "weightRows", weights),
            c.Add(new Reshape(Shape.Of(sets, subset, logits.Shape[1])), "setLogits", logits));
        Value clean = c.Add(new Reshape(Shape.Of(sets, logits.Shape[1])), "cleanLogits", means);
        Value label = c.Add(new RuntimeFunction("SampleSets.Labels", new(new[] { Spelling.Join(subset) }),
            new TensorType(Shape.Of(sets), ElementType.Int64)), "cleanLabels", labels);
        Value sum = c.Add(new SumAll(), "lossSum", step.CrossEntropies("losses", clean, label));
        Value count = c.Add(new SumAll(), "labelledSets", c.Add(new LabelWeights(), "labelled", label, clean));
        return c.Add(new LabelMean(IsZero: true), "crossEntropy", sum, count);
    }

    protected override void Check(MetaCleanerAttribute<object> attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        if (run.SamplesPerClass is { } given && given % attribute.Subset == 0) return;
        string part = $"SamplesPerClass({attribute.Subset})";
        run.Findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name,
            $"sets of {attribute.Subset} samples that are labelled alike", run.SamplesPerClass is { } other
                ? $"[SamplesPerClass({other})] gives {other}, which is no multiple" : "batches are drawn from all samples alike",
            $"write [{part}], or another Subset")
            .Offer(run.SamplesPerClass is null ? Fix.Insert(part, declared.Site) : null);
    }

    protected override void Prepare(
        MetaCleanerAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step) =>
        step.Head(declared.Declaration.Types[0], Weighting, "The network that says what the samples of a set count");

    protected override void Lower(MetaCleanerAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
    }
}
