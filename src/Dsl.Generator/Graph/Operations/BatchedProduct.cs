using System.Collections.Generic;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph.Operations;

/// <summary>A·B for each of many pairs of matrices. Inputs: A [B, n, k], B [B, k, m].</summary>
internal sealed record BatchedProduct : Operation
{
    private static readonly Permute Transposition = new(new EquatableArray<long>([0, 2, 1]));

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = Shape.Of(inputs[0].Shape[0], inputs[0].Shape[1], inputs[1].Shape[2]) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value a = node.Inputs[0], b = node.Inputs[1], gradient = gradients[0]!;
        if (context.Wants(a)) context.Accumulate(a, context.Add(new BatchedProduct(), a, gradient, Transposed(context, b)));
        if (!context.Wants(b)) return;

        // With B = Cᵀ the gradient of C is a product too, in C's own order; that of B would have to be transposed.
        if (b.Producer.Operation.Equals(Transposition))
        {
            Value c = b.Producer.Inputs[0];
            context.Accumulate(c, context.Add(new BatchedProduct(), c, Transposed(context, gradient), a));
        }
        else
        {
            context.Accumulate(b, context.Add(new BatchedProduct(), b, Transposed(context, a), gradient));
        }
    }

    public override string Autograd(Spelling spelling) => $"Aten.bmm({spelling[0]}, {spelling[1]})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("MatMul")];

    public override long Flops(Node node) => 2 * node.Inputs[0].Shape[2].Factor * node.Output.Shape.ElementsPerSample;

    /// <summary>Each matrix with rows and columns exchanged, as a view.</summary>
    public static Value Transpose(Computation computation, Value matrices, string name) =>
        computation.Add(Transposition, name, matrices);

    private static Value Transposed(GradientContext context, Value value) => value.Producer.Operation.Equals(Transposition)
        ? value.Producer.Inputs[0]
        : Transpose(context.Computation, value, value.Hint + "T");
}
