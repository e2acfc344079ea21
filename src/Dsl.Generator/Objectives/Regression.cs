using System.Collections.Generic;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

/// <summary>An objective that compares outputs with real numbers, element by element.</summary>
internal abstract class Regression<TAttribute> : Objective<TAttribute>
    where TAttribute : ReducedObjectiveAttribute
{
    public sealed override LabelKind Labels => LabelKind.Real;

    public sealed override Prediction Reads => Prediction.Values;

    /// <summary>An operation's mean or sum over all elements.</summary>
    protected static Value Compare(TAttribute attribute, Comparison compared, string name, ElementwiseLoss operation)
    {
        bool isPart = compared.Step.TakesParts && attribute.Reduction == Reduction.Mean;
        Value loss = compared.Computation.Add(operation, isPart ? name + "OfBatch" : name, compared.Result, compared.Targets);
        return isPart ? compared.Step.PartOfMean(name, loss, compared.Result.Shape) : loss;
    }
}

internal sealed class MeanSquaredError : Regression<MeanSquaredErrorAttribute>
{
    protected override string Notation => "mean (x − y)²";

    protected override Value Lower(MeanSquaredErrorAttribute attribute, Comparison compared) =>
        Compare(attribute, compared, "meanSquaredError", new SquaredError(ClassRows.Of(attribute.Reduction)));
}

internal sealed class L1 : Regression<L1Attribute>
{
    protected override string Notation => "mean |x − y|";

    protected override Value Lower(L1Attribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Value distances = c.Add(new Absolute(), "distances", c.Add(new Subtract(), "errors", compared.Result, compared.Targets));
        return BinaryTerms.Reduce(compared, attribute.Reduction, "l1", distances);
    }
}

internal sealed class Huber : Regression<HuberAttribute>
{
    protected override string Notation => "mean (e²/2 where |e| ≤ δ, else δ·(|e| − δ/2)), e = x − y";

    protected override IReadOnlyList<Symbol> Symbols(HuberAttribute attribute) =>
        [new("δ", "the error from which the loss grows linearly", nameof(attribute.Delta))];

    protected override Value Lower(HuberAttribute attribute, Comparison compared) => Compare(
        attribute, compared, "huber",
        new HuberError(compared.Hyperparameter(attribute, nameof(attribute.Delta)), ClassRows.Of(attribute.Reduction)));
}

internal sealed class SmoothL1 : Regression<SmoothL1Attribute>
{
    protected override string Notation => "mean (e²/(2β) where |e| ≤ β, else |e| − β/2), e = x − y";

    protected override IReadOnlyList<Symbol> Symbols(SmoothL1Attribute attribute) =>
        [new("β", "the error from which the loss grows linearly", nameof(attribute.Beta))];

    protected override Value Lower(SmoothL1Attribute attribute, Comparison compared) => Compare(
        attribute, compared, "smoothL1",
        new SmoothAbsoluteError(compared.Hyperparameter(attribute, nameof(attribute.Beta)), ClassRows.Of(attribute.Reduction)));
}
