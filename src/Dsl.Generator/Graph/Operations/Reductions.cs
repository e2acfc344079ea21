using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The sum over one dimension, which goes away.</summary>
internal sealed record Sum(int Dimension) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.Without(Dimension) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0];
        Value kept = context.Computation.Add(new Unsqueeze(Dimension), GradientContext.Name(node.Output) + "Kept", gradients[0]!);
        context.Accumulate(x, context.Add(new ExpandAs(), x, kept, x));
    }

    public override string Explicit(Spelling spelling) => $"Aten.sum({spelling[0]}, [{Spelling.Join(Dimension)}])";

    // To C#, the literal 0 is an element type before it is a dimension.
    public override string Autograd(Spelling spelling) =>
        $"{spelling[0]}.sum({(Dimension == 0 ? "0L" : Spelling.Join(Dimension))})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"{Spelling.OnnxNode("ReduceSum", spelling[0], Spelling.OnnxList(Dimension))}.With(\"keepdims\", 0)"];

    public override long Flops(Node node) => node.Inputs[0].Shape.ElementsPerSample;
}

/// <summary>The sum over all elements.</summary>
internal sealed record SumAll : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(Shape.Scalar)];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new ExpandAs(), node.Inputs[0], gradients[0]!, node.Inputs[0]));

    public override string Explicit(Spelling spelling) => $"Aten.sum({spelling[0]})";

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.sum()";

    public override long Flops(Node node) => node.Inputs[0].Shape.ElementsPerSample;
}

/// <summary>The mean over all elements.</summary>
internal sealed record Mean : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(Shape.Scalar)];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0];
        Value share = context.Computation.Add(
            new DivideBy(Scalar.Count(x.Shape)), GradientContext.Name(x) + "Share", gradients[0]!);
        context.Accumulate(x, context.Add(new ExpandAs(), x, share, x));
    }

    public override string Explicit(Spelling spelling) => $"Aten.mean({spelling[0]})";

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.mean()";

    public override long Flops(Node node) => node.Inputs[0].Shape.ElementsPerSample;
}
