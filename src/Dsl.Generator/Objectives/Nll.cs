using System.Collections.Generic;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class Nll : Objective<NllAttribute>
{
    public override LabelKind Labels => LabelKind.Class;

    public override Prediction Reads => Prediction.LogProbabilities;

    protected override string Notation => "−mean x[y]";

    protected override string Describe(NllAttribute attribute) => attribute.ClassWeights is null ? Notation : "−mean w[y]·x[y]";

    protected override IReadOnlyList<Symbol> Symbols(NllAttribute attribute) =>
    [
        new("x", "the network's outputs, log-probabilities"),
        new("w", "weight of each class; a mean is divided by the labels' weights", nameof(attribute.ClassWeights)),
    ];

    protected override void Check(NllAttribute attribute, ResultCheck result) =>
        result.OneForEachClass(nameof(attribute.ClassWeights), attribute.ClassWeights);

    protected override Value Lower(NllAttribute attribute, Comparison compared) =>
        ClassRows.Likelihood(
            compared, attribute.Reduction, "nll", compared.Logits, compared.Label, ClassRows.Weights(compared, attribute));
}
