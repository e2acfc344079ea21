using System.Collections.Generic;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class BinaryCrossEntropy : Objective<BinaryCrossEntropyAttribute>
{
    public override LabelKind Labels => LabelKind.Binary;

    public override Prediction Reads => Prediction.BinaryLogits;

    protected override string Notation => "−mean (y·log σ(z) + (1 − y)·log(1 − σ(z)))";

    protected override IReadOnlyList<Symbol> Symbols(BinaryCrossEntropyAttribute attribute) =>
        [new("w", "weight of the label 1", nameof(attribute.PositiveWeight))];

    protected override string Describe(BinaryCrossEntropyAttribute attribute) =>
        attribute.PositiveWeight == 1 ? Notation : "−mean (w·y·log σ(z) + (1 − y)·log(1 − σ(z)))";

    protected override Value Lower(BinaryCrossEntropyAttribute attribute, Comparison compared)
    {
        Value positive = BinaryTerms.PositiveLoss(compared);
        if (attribute.PositiveWeight != 1)
            positive = compared.Computation.Add(
                new Scale(compared.Hyperparameter(attribute, nameof(attribute.PositiveWeight))), "weightedIfPositive", positive);
        Value elements = BinaryTerms.Choose(compared, "binaryCrossEntropies", positive, BinaryTerms.NegativeLoss(compared));
        return BinaryTerms.Reduce(compared, attribute.Reduction, "binaryCrossEntropy", elements);
    }
}

internal sealed class MultiLabel : Objective<MultiLabelAttribute>
{
    public override LabelKind Labels => LabelKind.Binary;

    public override Prediction Reads => Prediction.BinaryLogits;

    protected override string Notation => "−mean (y·log σ(z) + (1 − y)·log(1 − σ(z)))";

    protected override IReadOnlyList<Symbol> Symbols(MultiLabelAttribute attribute) =>
        [new("w", "weight of the presence of each label", nameof(attribute.PositiveWeights))];

    protected override string Describe(MultiLabelAttribute attribute) =>
        attribute.PositiveWeights is null ? Notation : "−mean (w·y·log σ(z) + (1 − y)·log(1 − σ(z)))";

    protected override void Check(MultiLabelAttribute attribute, ResultCheck result)
    {
        if (result.RequireRows()) result.OneForEachClass(nameof(attribute.PositiveWeights), attribute.PositiveWeights);
    }

    protected override Value Lower(MultiLabelAttribute attribute, Comparison compared)
    {
        Value positive = BinaryTerms.PositiveLoss(compared);
        if (attribute.PositiveWeights is { } given)
        {
            Value weights = compared.Constant(attribute, nameof(attribute.PositiveWeights), given);
            positive = compared.Computation.Add(new Multiply(), "weightedIfPositive", positive, weights);
        }

        Value elements = BinaryTerms.Choose(compared, "labelLosses", positive, BinaryTerms.NegativeLoss(compared));
        return BinaryTerms.Reduce(compared, attribute.Reduction, "multiLabel", elements);
    }
}
