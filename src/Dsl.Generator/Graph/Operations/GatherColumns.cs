using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Elements of each row by their places. Inputs: x [N, M], places [N, K] int64.</summary>
internal sealed record GatherColumns : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(inputs[1].Shape)];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) => context.Accumulate(
        node.Inputs[0], context.Add(
            new GatherColumnsBackward(), node.Inputs[0], gradients[0]!, node.Inputs[0], node.Inputs[1]));

    public override string Explicit(Spelling spelling) => $"Aten.gather({spelling[0]}, 1, {spelling[1]})";

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.gather(1, {spelling[1]})";

    public override long Flops(Node node) => 0;
}

/// <summary>The gradient of each element, added up where it was read more than once. Inputs: gradient, x, places.</summary>
internal sealed record GatherColumnsBackward : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) => $"Aten.gather_backward({spelling[0]}, {spelling[1]}, 1, {spelling[2]})";
}
