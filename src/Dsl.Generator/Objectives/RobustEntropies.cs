using System.Collections.Generic;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class GeneralizedCrossEntropy : Objective<GeneralizedCrossEntropyAttribute>
{
    public override LabelKind Labels => LabelKind.Class;

    protected override string Notation => "mean (1 − p[y]^q)/q, p = softmax(z)";

    protected override IReadOnlyList<Symbol> Symbols(GeneralizedCrossEntropyAttribute attribute) =>
        [new("q", "the exponent: cross-entropy towards 0, the mean absolute error at 1", nameof(attribute.Q))];

    protected override Value Lower(GeneralizedCrossEntropyAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Scalar q = compared.Hyperparameter(attribute, nameof(attribute.Q));
        Value minusRest = PowerMinusOne(compared, q);
        return ClassRows.Reduce(compared, attribute.Reduction, "generalizedCrossEntropy",
            c.Add(new DivideBy(q), "generalizedRows", c.Add(new Scale(-1), "rest", minusRest)));
    }

    /// <summary>p_y^q − 1 of each row, [M]; 0 where there is no label.</summary>
    public static Value PowerMinusOne(Comparison compared, Scalar q)
    {
        Computation c = compared.Computation;
        Value likelihood = ClassRows.Likelihood(
            compared, c.Add(new LogSoftmax(), "logProbabilities", compared.Logits), compared.Label);
        return c.Add(new ExponentialMinusOne(), "minusRest", c.Add(new Scale(-q), "logPower", likelihood));
    }
}

internal sealed class SymmetricCrossEntropy : Objective<SymmetricCrossEntropyAttribute>
{
    public override LabelKind Labels => LabelKind.Class;

    protected override string Notation => "−mean (α·log p[y] + β·A·(1 − p[y])), p = softmax(z)";

    protected override IReadOnlyList<Symbol> Symbols(SymmetricCrossEntropyAttribute attribute) =>
    [
        new("α", "what cross-entropy counts", nameof(attribute.Alpha)),
        new("β", "what the reverse cross-entropy counts", nameof(attribute.Beta)),
        new("A", "what stands for log 0", nameof(attribute.LogarithmOfZero)),
    ];

    protected override Value Lower(SymmetricCrossEntropyAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Scalar alpha = compared.Hyperparameter(attribute, nameof(attribute.Alpha));
        Scalar reverse = compared.Hyperparameter(attribute, nameof(attribute.Beta))
            * compared.Hyperparameter(attribute, nameof(attribute.LogarithmOfZero));
        Value likelihood = ClassRows.Likelihood(
            compared, c.Add(new LogSoftmax(), "logProbabilities", compared.Logits), compared.Label);
        Value minusRest = GeneralizedCrossEntropy.PowerMinusOne(compared, 1);
        Value rows = c.Add(new Add(), "symmetricRows",
            c.Add(new Scale(alpha), "forwardPart", likelihood), c.Add(new Scale(reverse), "reversePart", minusRest));
        return ClassRows.Reduce(compared, attribute.Reduction, "symmetricCrossEntropy", rows);
    }
}
