using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class MetaWeightNet : Scheme<MetaWeightNetAttribute<object>>
{
    private const string Weighting = "Weighting";

    public override bool NeedsRealInputs => true;

    public override bool NeedsLabeledObjective => true;

    public override bool TakesObjectivePass => true;

    public override bool TakesOneBatch => true;

    public override IReadOnlyList<string> Learners => [Weighting];

    public override Type Replaces => typeof(CrossEntropyAttribute);

    public override string ReplacedNotation => "mean w·ℓ, ℓ = −log softmax(z)[y]";

    public override IReadOnlyList<ExplainedSymbol> ReplacedSymbols(SchemeAttribute attribute) => CleanSamples.Symbols;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        CleanSamples.CheckNetwork(declared, networks[0], findings);
        var weighting = networks[1];
        Shape takes = weighting.Network.Input.Shape, gives = weighting.Network.Results[0].Value.Shape;
        if (weighting.Network.IsSingle && IsColumn(takes) && (!weighting.Network.KnowsResults || IsColumn(gives))) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, weighting.Site, declared.Name,
            "a weighting network of one number for each sample, [N, 1] to [N, 1]", $"'{weighting.Name}' is {takes} to {gives}",
            "begin it with [Model(1)], and end it with [Linear(1), Sigmoid]");

        static bool IsColumn(Shape shape) => shape.Rank == 2 && shape[1].IsKnown && shape[1].Factor == 1;
    }

    public override Value Replace(Bound<SchemeAttribute> declared, StepContext step, Func<Comparison, Value> objective)
    {
        Computation c = step.Computation;
        Value rows = step.CrossEntropies("losses", step.ResultOf(null), CleanSamples.Labels(step));
        Value weights = Row(step, step.Ask(step.Trainer.Find("weighting")!, Column(step, rows), "weightColumn"), rows);
        return c.Add(new Mean(), "weightedLoss", c.Add(new Multiply(), "weightedLosses", rows, weights));
    }

    protected override void Prepare(
        MetaWeightNetAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        // Beside another descent each has a name.
        step.Phase.Name = "Network";
        step.Learned(declared.Declaration.Types[0], Weighting, "The network that says what a sample counts by its loss");
    }

    protected override void Lower(
        MetaWeightNetAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Player weighting = step.Trainer.Find("weighting")!;
        StepContext before = step.Before(Weighting, weighting, differentiatesTwice: true);
        Computation c = before.Computation;
        Scalar rate = attribute.InnerRate > 0 ? before.Hyperparameter(attribute, nameof(attribute.InnerRate))
            : new Scalar.AtStep("LearningRateAt");
        Value parameters = before.Watch(before.Parameters(before.Model, "parameters"), "watchedParameters");
        Value rows = before.CrossEntropies("losses",
            before.CallAt(before.Model, parameters, before.LabeledView, "output"), CleanSamples.Labels(before));
        Value weights = Row(before, before.Call(weighting, Column(before, rows), "weightColumn"), rows);
        Value weighted = c.Add(new Mean(), "weightedLoss", c.Add(new Multiply(), "weightedLosses", rows, weights));
        Value adapted = CleanSamples.Descend(
            before, parameters, before.GradientOfTerm(weighted, parameters, "innerGradient"), rate);
        before.AddTerm(new Term("Clean", CleanSamples.Loss(before, adapted), null, "−mean log softmax(z')[y']")
        {
            Symbols =
            [
                new("z'", "logits of clean samples after a step with the weights", null, null),
                new("y'", "their labels", null, null),
            ],
        });
    }

    // Losses as a network reads them, constant.
    private static Value Column(StepContext step, Value rows) => step.Computation.Add(
        new Reshape(Shape.Of(rows.Shape[0], 1)), "lossColumn",
        step.Computation.Add(new StopGradient(), "constantLosses", rows));

    private static Value Row(StepContext step, Value column, Value like) =>
        step.Computation.Add(new Reshape(like.Shape), "sampleWeights", column);
}
