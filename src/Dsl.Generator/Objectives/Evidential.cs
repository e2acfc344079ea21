using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class Evidential : Objective<EvidentialAttribute>
{
    public override LabelKind Labels => LabelKind.Class;

    public override Prediction Reads => Prediction.Values;

    protected override string Notation =>
        "mean Σ ((y − p)² + p·(1 − p)/(S + 1)) + λ·mean KL(Dir(α') ‖ Dir(1)), p = α/S";

    public override bool ReadsLabelsAlone(TermAttribute attribute) => false;

    public override void Check(Bound<TermAttribute> declared, RunCheck run)
    {
        // The default is the paper's, however long the run is.
        var attribute = (EvidentialAttribute)declared.Attribute;
        run.RampUp(
            declared, declared.Has(nameof(attribute.RampUpEpochs)) ? attribute.RampUpEpochs : 0, attribute.RampUpSteps);
    }

    protected override IReadOnlyList<Symbol> Symbols(EvidentialAttribute attribute) =>
    [
        new("α", "the evidence for each class, the network's output, and 1"),
        new("S", "Σ α"),
        new("λ", "what a nat of evidence for wrong classes costs"
            + (attribute.RampUpEpochs + attribute.RampUpSteps > 0 ? ", grown evenly from 0" : ""),
            nameof(attribute.DivergenceWeight)),
        new("Dir", "the Dirichlet distribution over class probabilities with given concentrations"),
        new("α'", "α with 1 at the label"),
    ];

    protected override void Check(EvidentialAttribute attribute, ResultCheck result)
    {
        if (result.IsOpaque
            || result.Result.Producer.Operation is ReLU or Softplus or Sigmoid or Exponential or Square or Absolute) return;
        result.Report(Catalogue.SchemeNeeds, null, result.Name, "evidence for each class, which is at least 0",
            $"'{result.ModelName}' returns {result.Result.Shape} of any sign",
            "end it with [Softplus], or with [ReLU] as the paper does").Offer(result.AddLast("Softplus"));
    }

    protected override Value Lower(EvidentialAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Value evidence = compared.Logits, labels = ClassRows.OneHot(compared);
        Value alpha = c.Add(new AddNumber(1), "concentrations", evidence);
        Value sum = c.Add(new SumOver(new([1]), Keep: true), "strength", alpha);
        Value means = c.Add(new Divide(), "meanProbabilities", alpha, sum);
        Value errors = c.Add(new Square(), "squaredErrors", c.Add(new Subtract(), "errors", labels, means));
        Value spread = c.Add(new Multiply(), "spread", means, c.Add(
            new AddNumber(1), "otherProbabilities", c.Add(new Scale(-1), "minusProbabilities", means)));
        Value variances = c.Add(
            new Divide(), "variances", spread, c.Add(new AddNumber(1), "strengthAndOne", sum));
        Value losses = c.Add(new Sum(1), "expectedErrors", c.Add(new Add(), "expectedSquares", errors, variances));

        // α' = α − y·e: what speaks for the label costs nothing.
        Value wrong = c.Add(new Subtract(), "wrongConcentrations", alpha, c.Add(
            new Multiply(), "rightEvidence", labels, evidence));
        Value divergence = c.Add(new AddNumber(Dirichlets.FlatNormalizer(compared.Classes)), "wrongDivergence",
            Dirichlets.Divergence(c, wrong, "OfWrong", own => c.Add(new AddNumber(-1), "wrongEvidence", own)));
        Scalar weight = compared.Step.GrowsEvenly(compared.Named("Evidential"), attribute,
            nameof(attribute.DivergenceWeight), attribute.RampUpSteps > 0 ? 0 : attribute.RampUpEpochs, attribute.RampUpSteps,
            "What evidence for wrong classes costs");
        Value rows = c.Add(new Multiply(), "labelledRows", c.Add(
            new Add(), "evidentialRows", losses, c.Add(new Scale(weight), "weightedDivergence", divergence)),
            ClassRows.Labelled(compared));
        return ClassRows.Reduce(compared, Reduction.Mean, "evidential", rows);
    }
}
