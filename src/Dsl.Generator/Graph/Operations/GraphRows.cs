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

/// <summary>Softmax over the rows that go to the same place, column by column. Inputs: scores [M, H], places [M], a tensor with a
/// row for each place.</summary>
internal sealed record RowSoftmax : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    // p·(g − Σ p·g), the sum over the rows that go to the same place.
    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Computation computation = context.Computation;
        string name = GradientContext.Name(node.Output);
        Value weighted = computation.Add(new Multiply(), name + "Weighted", gradients[0]!, node.Output);
        Value sum = computation.Add(new SumRows(), name + "Sum", weighted, node.Inputs[1], node.Inputs[2]);
        Value shares = computation.Add(new Multiply(), name + "Shares",
            computation.Add(new GatherRows(), name + "Sums", sum, node.Inputs[1]), node.Output);
        context.Accumulate(node.Inputs[0], context.Add(new Subtract(), node.Inputs[0], weighted, shares));
    }

    public override string Explicit(Spelling spelling) => $"EdgeLists.RowSoftmax({spelling.All})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [$"onnx.RowSoftmax({spelling.All})"];

    public override long Flops(Node node) => 5 * node.Output.Shape.ElementsPerSample;
}

/// <summary>Columns whose signs are drawn, for each graph. Inputs: x [N, K], and of several graphs the graph of each row [N] and
/// a tensor with a row for each graph. Results: y, and the signs [N, K] of 1 and −1.</summary>
/// <remarks>The explicit target spells training; the autograd one follows the module's mode.</remarks>
internal sealed record RandomSigns : Operation
{
    public override bool IsPure => false;

    public override bool ReadsDropoutStream => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [inputs[0].Type, inputs[0].Type];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new Multiply(), node.Inputs[0], gradients[0]!, node.Outputs[1]));

    public override string Explicit(Spelling spelling) => $"ColumnSigns.Sample({Given(spelling)}, DropoutStream)";

    public override string Autograd(Spelling spelling) => $"ColumnSigns.Apply({Given(spelling)}, training, DropoutStream)";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling[0]];

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;

    private static string Given(Spelling spelling) => spelling.Count == 1 ? $"{spelling[0]}, null, null" : spelling.All;
}
