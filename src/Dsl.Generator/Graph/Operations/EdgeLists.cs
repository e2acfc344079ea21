using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The edges, and one from each node to itself. Inputs: edges [2, E], a tensor with a row for each node.</summary>
internal sealed record WithSelfLoops : Operation
{
    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = Shape.Of(2, inputs[0].Shape[1] + inputs[1].Shape[0]) }];

    public override string Explicit(Spelling spelling) => $"EdgeLists.WithSelfLoops({spelling.All})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [$"onnx.WithSelfLoops({spelling.All})"];
}

/// <summary>One end of each edge. Input: edges [2, M].</summary>
/// <param name="Row">0 for the node from which a message goes, 1 for the one that receives it.</param>
internal sealed record EdgeEnds(int Row) : Operation
{
    public override bool CarriesGradient => false;

    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.Without(0) }];

    public override string Explicit(Spelling spelling) => $"Aten.select({spelling[0]}, 0, {Spelling.Join(Row)})";

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.select(0, {Spelling.Join(Row)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [Spelling.OnnxElement(spelling[0], 0, Row)];
}

/// <summary>1/√(d_i·d_j) for each edge [M, 1]. Inputs: edges with self-loops [2, M], a tensor with a row for
/// each node.</summary>
internal sealed record SymmetricEdgeWeights : Operation
{
    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(Shape.Of(inputs[0].Shape[1], 1))];

    public override string Explicit(Spelling spelling) => $"EdgeLists.SymmetricWeights({spelling.All})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [$"onnx.SymmetricEdgeWeights({spelling.All})"];
}

/// <summary>A row for each index, as often as it is named. Inputs: rows [N, ...], indices [M].</summary>
internal sealed record GatherRows : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.With(0, inputs[1].Shape[0]) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(
            node.Inputs[0], context.Add(new SumRows(), node.Inputs[0], gradients[0]!, node.Inputs[1], node.Inputs[0]));

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.index_select(0, {spelling[1]})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("Gather")];
}

/// <summary>The sum of the rows that go to each place. Inputs: rows [M, ...], places [M], a tensor with a row for each place
/// [N, ...].</summary>
internal sealed record SumRows : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.With(0, inputs[2].Shape[0]) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new GatherRows(), node.Inputs[0], gradients[0]!, node.Inputs[1]));

    public override string Explicit(Spelling spelling) => $"EdgeLists.Sum({spelling.All})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [$"onnx.SumRows({spelling.All})"];

    public override long Flops(Node node) => node.Inputs[0].Shape.ElementsPerSample;
}

/// <summary>What nodes send along the edges, weighted, summed where it arrives. Inputs: nodes [N, C], weights [M, 1], the node
/// from which each message goes [M], the one that receives it [M].</summary>
internal sealed record Propagate : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    // Back along the edges.
    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(
            new Propagate(), node.Inputs[0], gradients[0]!, node.Inputs[1], node.Inputs[3], node.Inputs[2]));

    public override string Explicit(Spelling spelling) => $"EdgeLists.Propagate({spelling.All})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [$"onnx.Propagate({spelling.All})"];

    // Of the messages, of which there are at least as many as nodes.
    public override long Flops(Node node) => 2 * node.Output.Shape.ElementsPerSample;
}

/// <summary>Softmax over the edges that arrive at a node. Inputs: scores [M, H], edges with self-loops [2, M], a tensor with a
/// row for each node.</summary>
internal sealed record EdgeSoftmax : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    // p·(g − Σ p·g), the sum over the edges that arrive at the same node.
    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Computation computation = context.Computation;
        string name = GradientContext.Name(node.Output);
        Value to = computation.Add(new EdgeEnds(1), name + "To", node.Inputs[1]);
        Value weighted = computation.Add(new Multiply(), name + "Weighted", gradients[0]!, node.Output);
        Value sum = computation.Add(new SumRows(), name + "Sum", weighted, to, node.Inputs[2]);
        Value shares = computation.Add(
            new Multiply(), name + "Shares", computation.Add(new GatherRows(), name + "Sums", sum, to), node.Output);
        context.Accumulate(node.Inputs[0], context.Add(new Subtract(), node.Inputs[0], weighted, shares));
    }

    public override string Explicit(Spelling spelling) => $"EdgeLists.Softmax({spelling.All})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [$"onnx.EdgeSoftmax({spelling.All})"];

    public override long Flops(Node node) => 5 * node.Output.Shape.ElementsPerSample;
}
