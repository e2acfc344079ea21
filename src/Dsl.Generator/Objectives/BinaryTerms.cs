using Dsl.Generator.Checking;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Objectives;

/// <summary>What objectives of yes-or-no labels have in common.</summary>
internal static class BinaryTerms
{
    // Beyond it, log(1 + eˣ) is x in double precision too.
    private static readonly Softplus Softplus = new(1, 40);

    /// <summary>1 − y.</summary>
    public static Value Negative(StepContext step) =>
        step.Computation.Add(new AddNumber(1), "negative", step.Computation.Add(new Scale(-1), "minusTarget", step.Targets));

    /// <summary>−log σ(z), the loss where the label is 1.</summary>
    public static Value PositiveLoss(StepContext step) =>
        step.Computation.Add(Softplus, "lossIfPositive", step.Computation.Add(new Scale(-1), "minusLogits", step.Result));

    /// <summary>−log(1 − σ(z)), the loss where the label is 0.</summary>
    public static Value NegativeLoss(StepContext step) => step.Computation.Add(Softplus, "lossIfNegative", step.Result);

    /// <summary>y·a + (1 − y)·b.</summary>
    public static Value Choose(StepContext step, string name, Value ifPositive, Value ifNegative)
    {
        Computation c = step.Computation;
        return c.Add(new Add(), name,
            c.Add(new Multiply(), name + "Positive", step.Targets, ifPositive),
            c.Add(new Multiply(), name + "Negative", Negative(step), ifNegative));
    }

    /// <summary>The mean or the sum over all elements.</summary>
    public static Value Reduce(StepContext step, Reduction reduction, string name, Value elements) =>
        reduction == Reduction.Sum ? step.Computation.Add(new SumAll(), name, elements) : step.Mean(name, elements);
}
