using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The largest of the rows that go to each place, feature by feature, 0 where none goes. Inputs: rows [M, C], places
/// [M], a tensor with a row for each place [N, ...].</summary>
internal sealed record MaxRows : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.With(0, inputs[2].Shape[0]) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(
            new MaxRowsBackward(), node.Inputs[0], gradients[0]!, node.Inputs[0], node.Output, node.Inputs[1]));

    public override string Autograd(Spelling spelling) => $"EdgeLists.Max({spelling.All})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [$"onnx.MaxRows({spelling.All})"];

    public override long Flops(Node node) => node.Inputs[0].Shape.ElementsPerSample;
}

/// <summary>The gradient of each place's largest numbers, shared evenly by the rows that have them. Inputs: gradient, rows,
/// the largest, places.</summary>
internal sealed record MaxRowsBackward : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) => $"EdgeLists.MaxBackward({spelling.All})";
}
