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
    public static Value Negative(Comparison compared) =>
        compared.Computation.Add(
            new AddNumber(1), "negative", compared.Computation.Add(new Scale(-1), "minusTarget", compared.Targets));

    /// <summary>−log σ(z), the loss where the label is 1.</summary>
    public static Value PositiveLoss(Comparison compared) =>
        compared.Computation.Add(
            Softplus, "lossIfPositive", compared.Computation.Add(new Scale(-1), "minusLogits", compared.Result));

    /// <summary>−log(1 − σ(z)), the loss where the label is 0.</summary>
    public static Value NegativeLoss(Comparison compared) =>
        compared.Computation.Add(Softplus, "lossIfNegative", compared.Result);

    /// <summary>y·a + (1 − y)·b.</summary>
    public static Value Choose(Comparison compared, string name, Value ifPositive, Value ifNegative)
    {
        Computation c = compared.Computation;
        return c.Add(new Add(), name,
            c.Add(new Multiply(), name + "Positive", compared.Targets, ifPositive),
            c.Add(new Multiply(), name + "Negative", Negative(compared), ifNegative));
    }

    /// <summary>The mean or the sum over all elements.</summary>
    public static Value Reduce(Comparison compared, Reduction reduction, string name, Value elements) =>
        reduction == Reduction.Sum ? compared.Computation.Add(new SumAll(), name, elements) : compared.Step.Mean(name, elements);
}
