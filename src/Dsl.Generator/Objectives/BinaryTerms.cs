using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;

namespace Dsl.Generator.Objectives;

/// <summary>What objectives of yes-or-no labels have in common.</summary>
internal static class BinaryTerms
{
    // Beyond it, log(1 + eˣ) is x in double precision too.
    private static readonly Softplus Softplus = new(1, 40);

    /// <summary>1 − y.</summary>
    public static Value Negative(Comparison compared) => Negative(compared.Computation, compared.Targets);

    /// <inheritdoc cref="Negative(Comparison)"/>
    public static Value Negative(Computation c, Value targets) =>
        c.Add(new AddNumber(1), "negative", c.Add(new Scale(-1), "minusTarget", targets));

    /// <summary>−log σ(z), the loss where the label is 1.</summary>
    public static Value PositiveLoss(Comparison compared) => PositiveLoss(compared.Computation, compared.Result);

    /// <inheritdoc cref="PositiveLoss(Comparison)"/>
    public static Value PositiveLoss(Computation c, Value logits) =>
        c.Add(Softplus, "lossIfPositive", c.Add(new Scale(-1), "minusLogits", logits));

    /// <summary>−log(1 − σ(z)), the loss where the label is 0.</summary>
    public static Value NegativeLoss(Comparison compared) => NegativeLoss(compared.Computation, compared.Result);

    /// <inheritdoc cref="NegativeLoss(Comparison)"/>
    public static Value NegativeLoss(Computation c, Value logits) => c.Add(Softplus, "lossIfNegative", logits);

    /// <summary>y·a + (1 − y)·b.</summary>
    public static Value Choose(Comparison compared, string name, Value ifPositive, Value ifNegative) =>
        Choose(compared.Computation, compared.Targets, name, ifPositive, ifNegative);

    /// <inheritdoc cref="Choose(Comparison, string, Value, Value)"/>
    public static Value Choose(Computation c, Value targets, string name, Value ifPositive, Value ifNegative) =>
        c.Add(new Add(), name,
            c.Add(new Multiply(), name + "Positive", targets, ifPositive),
            c.Add(new Multiply(), name + "Negative", Negative(c, targets), ifNegative));

    /// <summary>The mean or the sum over all elements.</summary>
    public static Value Reduce(Comparison compared, Reduction reduction, string name, Value elements) =>
        reduction == Reduction.Sum ? compared.Computation.Add(new SumAll(), name, elements) : compared.Step.Mean(name, elements);
}
