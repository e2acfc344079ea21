using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Rows of a table. Inputs: the table [V, D], indices [...]. Result: [..., D].</summary>
/// <param name="Padding">An index whose row gets no gradient; −1 for none.</param>
internal sealed record Embedding(long Padding) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [new(Shape.Of([.. inputs[1].Shape.Dims, inputs[0].Shape[1]]))];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value table = node.Inputs[0];
        context.Accumulate(table, context.Add(new EmbeddingBackward(Padding, table.Shape), table, gradients[0]!, node.Inputs[1]));
    }

    public override string Explicit(Spelling spelling) =>
        $"Aten.embedding({spelling[0]}, {spelling[1]}{(Padding < 0 ? "" : $", {Spelling.Join(Padding)}")})";

    public override string Autograd(Spelling spelling) =>
        $"EmbeddingTable.Rows({spelling[0]}, {spelling[1]}{(Padding < 0 ? "" : $", {Spelling.Join(Padding)}")})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("Gather")];
}

/// <summary>The gradient of a table, each row the sum over where it was used. Inputs: gradient [..., D], indices [...].</summary>
/// <param name="Table">The table's shape [V, D].</param>
internal sealed record EmbeddingBackward(long Padding, Shape Table) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [inputs[0].Type with { Shape = Table }];

    public override string Explicit(Spelling spelling) =>
        $"Aten.embedding_dense_backward({spelling[0]}, {spelling[1]}, {Spelling.Join(Table[0].Factor, Padding)})";
}
