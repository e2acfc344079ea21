using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>x Wᵀ + b on the last dimension. Inputs: x [..., in], W [out, in] and, optionally, b [out].</summary>
internal sealed record Linear : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.With(-1, inputs[1].Shape[0]) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0], weight = node.Inputs[1], gradient = Rows(context, gradients[0]!);
        if (context.Wants(weight))
        {
            Value transposed = context.Computation.Add(new Transpose(), gradient.Hint + "T", gradient);
            context.Accumulate(weight, context.Add(new MatrixProduct(), weight, transposed, Rows(context, x)));
        }

        if (node.Inputs.Count > 2 && context.Wants(node.Inputs[2]))
            context.Accumulate(node.Inputs[2], context.Add(new Sum(0), node.Inputs[2], gradient));
        if (!context.Wants(x)) return;
        Value product = context.Add(new MatrixProduct(), x, gradient, weight);
        context.Accumulate(x, x.Shape.Rank == 2 ? product : context.Add(new Reshape(x.Shape), x, product));
    }

    public override string Autograd(Spelling spelling) =>
        $"Aten.linear({spelling[0]}, {spelling[1]}, {spelling.OrNull(2)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        spelling.Node.Inputs[0].Shape.Rank == 2 ? [$"{spelling.Onnx("Gemm")}.With(\"transB\", 1)"]
        : [$"onnx.Linear({spelling.All})"];

    public override long Flops(Node node) =>
        node.Output.Shape.ElementsPerSample * (2 * node.Inputs[1].Shape[1].Factor + (node.Inputs.Count > 2 ? 1 : 0));

    /// <summary>All dimensions but the last joined into one: the rows that a matrix product sees.</summary>
    public static Value Rows(GradientContext context, Value value) => value.Shape.Rank == 2 ? value : context.Computation.Add(
        new Reshape(Shape.Of(value.Shape.Dims.Take(value.Shape.Rank - 1).Aggregate((Dim)1L, (a, b) => a * b),
            value.Shape[-1])), value.Hint, value);
}

/// <summary>A·B. Inputs: A [n, k], B [k, m].</summary>
internal sealed record MatrixProduct : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = Shape.Of(inputs[0].Shape[0], inputs[1].Shape[1]) }];

    public override string Explicit(Spelling spelling) => $"Aten.mm({spelling[0]}, {spelling[1]})";
}

/// <summary>Aᵀ as a view. Input: A [n, k].</summary>
internal sealed record Transpose : BackwardOperation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = Shape.Of(inputs[0].Shape[1], inputs[0].Shape[0]) }];

    public override string Explicit(Spelling spelling) => $"Aten.t({spelling[0]})";
}
