using System.Collections.Generic;
using Dsl.Generator.Passes;

namespace Dsl.Generator.Graph.Operations;

/// <summary>
/// A sum over labels divided by what these count. Inputs: the sum and the count, both without dimensions. The mean of no label is
/// not a number, and has no gradient: a plain quotient's would be infinite, and NaN behind a row that counts 0.
/// </summary>
/// <param name="IsZero">Whether the mean of no label is 0 all the same, where a technique leaves labels out.</param>
internal sealed record LabelMean(bool IsZero) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new LabelMeanBackward(), node.Inputs[0], gradients[0]!, node.Inputs[1]));

    public override string Autograd(Spelling spelling) => $"ClassLabels.Mean({spelling.All}{(IsZero ? ", ofNone: 0" : "")})";

    public override long Flops(Node node) => 1;
}

/// <summary>The gradient of the sum behind a mean over labels, 0 where there is none. Inputs: gradient, count.</summary>
internal sealed record LabelMeanBackward : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string Explicit(Spelling spelling) => $"ClassLabels.MeanGradient({spelling.All})";
}
