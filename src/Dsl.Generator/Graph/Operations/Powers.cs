using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>xᵃ, element by element, for x above 0.</summary>
internal sealed record Power(Scalar Exponent) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0];
        Value slope = context.Add(new Scale(Exponent), x, context.Add(new Power(Exponent - 1), x, x));
        context.Accumulate(x, context.Add(new Multiply(), x, slope, gradients[0]!));
    }

    public override string Autograd(Spelling spelling) => $"Aten.pow({spelling[0]}, {Exponent.Code})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        Exponent.Symbols.Any() ? [] : [Spelling.OnnxNode("Pow", spelling[0], Spelling.OnnxNumber(Exponent))];

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>eˣ − 1, element by element, without the rounding of 1 − eˣ near 0.</summary>
internal sealed record ExponentialMinusOne : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value slope = context.Add(new AddNumber(1), node.Inputs[0], node.Output);
        context.Accumulate(node.Inputs[0], context.Add(new Multiply(), node.Inputs[0], slope, gradients[0]!));
    }

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.expm1()";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [Spelling.OnnxNode("Sub", spelling.Onnx("Exp"), Spelling.OnnxNumber(1))];

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>|x|, element by element; its derivative at 0 is 0.</summary>
internal sealed record Absolute : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) => spelling.Call("abs", spelling[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value sign = context.Add(new Sign(), node.Inputs[0], node.Inputs[0]);
        context.Accumulate(node.Inputs[0], context.Add(new Multiply(), node.Inputs[0], sign, gradients[0]!));
    }

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.abs()";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("Abs")];

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>1, 0 or −1, as x is above, at or below 0.</summary>
internal sealed record Sign : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) => spelling.Where(
        "gt", spelling[0], spelling.Number(0), spelling.Number(1),
        spelling.Where("lt", spelling[0], spelling.Number(0), spelling.Number(-1), spelling.Number(0)));

    public override string Explicit(Spelling spelling) => $"{spelling[0]}.sign()";
}
