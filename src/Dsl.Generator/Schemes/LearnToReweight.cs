using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class LearnToReweight : Scheme<LearnToReweightAttribute>
{
    public override bool NeedsRealInputs => true;

    public override bool NeedsLabeledObjective => true;

    public override bool TakesObjectivePass => true;

    public override bool TakesOneBatch => true;

    public override Type Replaces => typeof(CrossEntropyAttribute);

    public override string AutogradReason => "weighs samples by the gradient of a gradient";

    public override string ReplacedNotation => "Σ w·ℓ, ℓ = −log softmax(z)[y]";

    public override IReadOnlyList<ExplainedSymbol> ReplacedSymbols(SchemeAttribute attribute) => CleanSamples.Symbols;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings) =>
        CleanSamples.CheckNetwork(declared, networks[0], findings);

    public override Value Replace(Bound<SchemeAttribute> declared, StepContext step, Func<Comparison, Value> objective)
    {
        Computation c = step.Computation;
        Value input = step.LabeledView, label = CleanSamples.Labels(step);
        Value parameters = step.Watch(step.Parameters(step.Model, "parameters"), "watchedParameters");
        Value losses = step.CrossEntropies("lossesOfBatch", step.CallAt(step.Model, parameters, input, "output"), label);
        Value shares = step.Watch(
            c.Add(new RuntimeFunction("SampleWeights.None", default, losses.Shape), "noShares", losses), "shares");
        Value shared = c.Add(new SumAll(), "sharedLoss", c.Add(new Multiply(), "sharedLosses", losses, shares));

        // At shares of 0 the parameters stay what they are, but not their derivative by the shares.
        Value adapted = CleanSamples.Descend(step, parameters, step.GradientOfTerm(shared, parameters, "innerGradient"), 1);
        Value slopes = step.Gradient(CleanSamples.Loss(step, adapted), shares, "slopes");
        Value weights = c.Add(
            new RuntimeFunction("SampleWeights.OfSlopes", default, losses.Shape), "sampleWeights", slopes);
        step.Trainer.Reports.Add(new StepReport("CountedSamples",
            c.Add(new RuntimeFunction("SampleWeights.Counted", default, Shape.Scalar), "countedSamples", weights),
            "1/Σ w²: how many samples counted."));
        Value rows = step.CrossEntropies("losses", step.ResultOf(null), label);
        return c.Add(new SumAll(), "weightedLoss", c.Add(new Multiply(), "weightedLosses", rows, weights));
    }

    protected override void Lower(LearnToReweightAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
    }
}
