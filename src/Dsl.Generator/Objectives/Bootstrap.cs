using System.Collections.Generic;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class SoftBootstrap : Objective<SoftBootstrapAttribute>
{
    public override LabelKind Labels => LabelKind.Class;

    protected override string Notation => "−mean Σ (β·y + (1 − β)·p)·log p, p = softmax(z)";

    protected override IReadOnlyList<Symbol> Symbols(SoftBootstrapAttribute attribute) =>
        [new("β", "the share of the label in the target", nameof(attribute.Beta))];

    protected override Value Lower(SoftBootstrapAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Scalar beta = compared.Hyperparameter(attribute, nameof(attribute.Beta));
        Value logProbabilities = c.Add(new LogSoftmax(), "logProbabilities", compared.Logits);
        Value negativeEntropy = ClassRows.NegativeEntropy(compared, compared.Logits, logProbabilities);
        Value entropy = c.Add(new Multiply(), "labelledNegativeEntropy", negativeEntropy, ClassRows.Labelled(compared));
        Value rows = c.Add(new Subtract(), "bootstrapRows",
            c.Add(new Scale(beta), "labelPart", ClassRows.Likelihood(compared, logProbabilities, compared.Label)),
            c.Add(new Scale((Scalar)1 - beta), "predictionPart", entropy));
        return ClassRows.Reduce(compared, attribute.Reduction, "softBootstrap", rows);
    }
}

internal sealed class HardBootstrap : Objective<HardBootstrapAttribute>
{
    public override LabelKind Labels => LabelKind.Class;

    protected override string Notation => "−mean (β·log p[y] + (1 − β)·log p[argmax p]), p = softmax(z)";

    protected override IReadOnlyList<Symbol> Symbols(HardBootstrapAttribute attribute) =>
        [new("β", "the share of the label in the target", nameof(attribute.Beta))];

    protected override Value Lower(HardBootstrapAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Scalar beta = compared.Hyperparameter(attribute, nameof(attribute.Beta));
        Value logProbabilities = c.Add(new LogSoftmax(), "logProbabilities", compared.Logits);
        Value predicted = c.Add(new LargestClass(), "predictedClass", compared.Logits);
        Value ofPrediction = ClassRows.Likelihood(compared, logProbabilities, predicted, "likelihoodOfPrediction");
        Value rows = c.Add(new Add(), "bootstrapRows",
            c.Add(new Scale(beta), "labelPart", ClassRows.Likelihood(compared, logProbabilities, compared.Label)),
            c.Add(new Scale((Scalar)1 - beta), "predictionPart",
                c.Add(new Multiply(), "labelledPrediction", ofPrediction, ClassRows.Labelled(compared))));
        return ClassRows.Reduce(compared, attribute.Reduction, "hardBootstrap", rows);
    }
}
