using System.Collections.Generic;
using Dsl.Generator.Checking;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Notation;

namespace Dsl.Generator.Objectives;

internal sealed class SoftBootstrap : Objective<SoftBootstrapAttribute>
{
    public override LabelKind Labels => LabelKind.Class;

    protected override string Notation => "−mean Σ (β·y + (1 − β)·p)·log p, p = softmax(z)";

    protected override IReadOnlyList<Symbol> Symbols(SoftBootstrapAttribute attribute) => [new("β", "the share of the label in the target", nameof(attribute.Beta))];

    protected override Value Lower(SoftBootstrapAttribute attribute, StepContext step)
    {
        Computation c = step.Computation;
        Scalar beta = step.Hyperparameter(attribute, nameof(attribute.Beta));
        Value logProbabilities = c.Add(new LogSoftmax(), "logProbabilities", step.Logits);
        Value negativeEntropy = ClassRows.NegativeEntropy(step, step.Logits, logProbabilities);
        Value entropy = c.Add(new Multiply(), "labelledNegativeEntropy", negativeEntropy, ClassRows.Labelled(step));
        Value rows = c.Add(new Subtract(), "bootstrapRows",
            c.Add(new Scale(beta), "labelPart", ClassRows.Likelihood(step, logProbabilities, step.Label)),
            c.Add(new Scale((Scalar)1 - beta), "predictionPart", entropy));
        return ClassRows.Reduce(step, attribute.Reduction, "softBootstrap", rows);
    }
}

internal sealed class HardBootstrap : Objective<HardBootstrapAttribute>
{
    public override LabelKind Labels => LabelKind.Class;

    protected override string Notation => "−mean (β·log p[y] + (1 − β)·log p[argmax p]), p = softmax(z)";

    protected override IReadOnlyList<Symbol> Symbols(HardBootstrapAttribute attribute) => [new("β", "the share of the label in the target", nameof(attribute.Beta))];

    protected override Value Lower(HardBootstrapAttribute attribute, StepContext step)
    {
        Computation c = step.Computation;
        Scalar beta = step.Hyperparameter(attribute, nameof(attribute.Beta));
        Value logProbabilities = c.Add(new LogSoftmax(), "logProbabilities", step.Logits);
        Value predicted = c.Add(new LargestClass(), "predictedClass", step.Logits);
        Value ofPrediction = ClassRows.Likelihood(step, logProbabilities, predicted, "likelihoodOfPrediction");
        Value rows = c.Add(new Add(), "bootstrapRows",
            c.Add(new Scale(beta), "labelPart", ClassRows.Likelihood(step, logProbabilities, step.Label)),
            c.Add(new Scale((Scalar)1 - beta), "predictionPart", c.Add(new Multiply(), "labelledPrediction", ofPrediction, ClassRows.Labelled(step))));
        return ClassRows.Reduce(step, attribute.Reduction, "hardBootstrap", rows);
    }
}
