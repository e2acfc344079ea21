using System.Collections.Generic;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class Focal : ClassObjective<FocalAttribute>
{
    // Below it, the power of an exponent under 1 has no finite slope.
    public const double LeastRest = 1e-12;

    protected override string Notation => "−mean (1 − p[y])^γ·log p[y], p = softmax(z)";

    protected override IReadOnlyList<Symbol> Symbols(FocalAttribute attribute) =>
    [
        new("γ", "how much less counts what is classified well", nameof(attribute.Gamma)),
        WeightSymbol("α", attribute),
    ];

    protected override string Describe(FocalAttribute attribute) =>
        Weighs(attribute) ? "−mean α[y]·(1 − p[y])^γ·log p[y], p = softmax(z)" : Notation;

    protected override Value Lower(FocalAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Scalar gamma = compared.Hyperparameter(attribute, nameof(attribute.Gamma));
        Value likelihood = ClassRows.Likelihood(
            compared, c.Add(new LogSoftmax(), "logProbabilities", compared.Logits), compared.Label);
        Value minusRest = c.Add(new ExponentialMinusOne(), "minusRest", c.Add(new Scale(-1), "logLikelihood", likelihood));
        Value rest = c.Add(new ClampMinimum(LeastRest), "rest", c.Add(new Scale(-1), "oneMinusProbability", minusRest));
        Value rows = c.Add(new Multiply(), "focalRows", c.Add(new Power(gamma), "modulation", rest), likelihood);
        if (ClassRows.Weights(compared, attribute) is { } weights)
            rows = c.Add(new Multiply(), "weightedRows", rows,
                c.Add(new LabelWeights(), "labelWeights", compared.Label, compared.Logits, weights));
        return ClassRows.Reduce(compared, attribute.Reduction, "focal", rows);
    }
}
