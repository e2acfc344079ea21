using System.Collections.Generic;
using Dsl.Generator.Graph;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class Nll : ClassObjective<NllAttribute>
{
    public override Prediction Reads => Prediction.LogProbabilities;

    protected override string Notation => "−mean x[y]";

    protected override string Describe(NllAttribute attribute) => Weighs(attribute) ? "−mean w[y]·x[y]" : Notation;

    protected override IReadOnlyList<Symbol> Symbols(NllAttribute attribute) =>
    [
        new("x", "the network's outputs, log-probabilities"),
        WeightSymbol("w", attribute, "; a mean is divided by the labels' weights"),
    ];

    protected override Value Lower(NllAttribute attribute, Comparison compared) =>
        ClassRows.Likelihood(
            compared, attribute.Reduction, "nll", compared.Logits, compared.Label, ClassRows.Weights(compared, attribute));
}
