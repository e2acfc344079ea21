using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>a / b.</summary>
internal sealed record Divide() : Elementwise("div", "/")
{
    // 1/b, and −(a/b)/b with the result, so that a itself need not be kept.
    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value a = node.Inputs[0], b = node.Inputs[1];
        Value share = context.Computation.Add(new Divide(), GradientContext.Name(node.Output) + "Share", gradients[0]!, b);
        if (context.Wants(a)) AccumulateReduced(context, a, share);
        if (!context.Wants(b)) return;
        Value product = context.Computation.Add(new Multiply(), GradientContext.Name(b) + "Product", share, node.Output);
        AccumulateReduced(context, b, context.Add(new Scale(-1), b, product));
    }
}

/// <summary>1/x, element by element.</summary>
internal sealed record Reciprocal : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) => $"{spelling.Number(1)} / {spelling[0]}";

    // −r² with the result r.
    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value square = context.Computation.Add(new Square(), node.Output.Hint + "Square", node.Output);
        Value product = context.Computation.Add(new Multiply(), node.Output.Hint + "Product", square, gradients[0]!);
        context.Accumulate(node.Inputs[0], context.Add(new Scale(-1), node.Inputs[0], product));
    }

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.reciprocal()";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("Reciprocal")];

    public override string? ExplicitInPlace(Spelling spelling) => $"{spelling[0]}.reciprocal_()";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}
