using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>What is made of labels: no gradient flows through it.</summary>
internal abstract record LabelOperation : Operation
{
    public sealed override bool CarriesGradient => false;

    public sealed override string Autograd(Spelling spelling) => Explicit(spelling);
}

/// <summary>Targets in the shape and the number type of what they are compared with; another shape is refused when it runs.
/// Inputs: targets, predictions.</summary>
internal sealed record TargetsLike : LabelOperation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) => $"Targets.Like({spelling.All})";
}

/// <summary>The weight of each label's class, and 0 where there is no label. Inputs: labels [M], logits [M, K], and the
/// classes' weights [K] where they are not 1.</summary>
internal sealed record LabelWeights : LabelOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(inputs[0].Shape)];

    public override string Explicit(Spelling spelling) => $"ClassLabels.Weights({spelling.All})";
}

/// <summary>The class of the largest element of each row, [M] of [M, K].</summary>
internal sealed record LargestClass : LabelOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [new(Shape.Of(inputs[0].Shape[0]), ElementType.Int64)];

    public override string Explicit(Spelling spelling) => $"ClassLabels.Largest({spelling[0]})";
}

/// <summary>How many labels are predicted. Inputs: predicted classes [M], labels [M], and logits, which give the number
/// type.</summary>
internal sealed record RightLabels : LabelOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(Shape.Scalar)];

    public override string Explicit(Spelling spelling) => $"ClassLabels.Right({spelling[0]}, {spelling[1]}, {spelling[2]}.dtype)";
}

/// <summary>Labels of which some are replaced. Inputs: labels, chances, and what comes in their place where the chance is below
/// the bound.</summary>
internal sealed record ReplaceLabels(Scalar Bound) : LabelOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string Explicit(Spelling spelling) => $"ClassLabels.Replace({spelling.All}, {Bound.Code})";
}
