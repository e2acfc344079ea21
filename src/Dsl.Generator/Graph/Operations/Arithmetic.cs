using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>An operation on two tensors, element by element, with broadcasting.</summary>
internal abstract record Elementwise(string Aten, string Operator) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [new(Shape.Broadcast(inputs[0].Shape, inputs[1].Shape))];

    public override string? Element(ElementSpelling spelling) => $"{spelling[0]} {Operator} {spelling[1]}";

    public override string Explicit(Spelling spelling) => Call(Aten, spelling);

    // TorchSharp's add makes a number of its own, a factor that is 1, and does not keep it.
    public override string Autograd(Spelling spelling) =>
        Aten == "add" ? Call(Aten, spelling) : $"{spelling[0]} {Operator} {spelling[1]}";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [Spelling.OnnxNode(char.ToUpperInvariant(Aten[0]) + Aten.Substring(1), Real(spelling, 0), Real(spelling, 1))];

    // libtorch takes integers beside real numbers, ONNX does not.
    private static string Real(Spelling spelling, int input) => spelling.Node.Inputs[input].Type.Element == ElementType.Int64
        ? $"onnx.Real({spelling[input]})" : spelling[input];

    public override string? ExplicitInPlace(Spelling spelling) =>
        spelling.Node.Inputs[0].Shape == spelling.Node.Output.Shape ? Call(Aten + "_", spelling) : null;

    private static string Call(string function, Spelling spelling) => $"Aten.{function}({spelling[0]}, {spelling[1]})";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;

    /// <summary>Sums a gradient over the dimensions along which its target was broadcast.</summary>
    public static void AccumulateReduced(GradientContext context, Value target, Value gradient)
    {
        Shape shape = target.Shape;
        Value reduced = gradient;
        for (int extra = gradient.Shape.Rank - shape.Rank; extra > 0; extra--)
            reduced = context.Add(new Sum(0), target, reduced);
        for (int i = 0; i < shape.Rank; i++)
        {
            if (shape[i] == 1L && reduced.Shape[i] != 1L)
                reduced = context.Add(new Unsqueeze(i), target, context.Add(new Sum(i), target, reduced));
        }

        context.Accumulate(target, reduced);
    }
}

/// <summary>a + b.</summary>
internal sealed record Add() : Elementwise("add", "+")
{
    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        foreach (Value input in node.Inputs)
            if (context.Wants(input)) AccumulateReduced(context, input, gradients[0]!);
    }
}

/// <summary>a − b.</summary>
internal sealed record Subtract() : Elementwise("sub", "-")
{
    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        if (context.Wants(node.Inputs[0])) AccumulateReduced(context, node.Inputs[0], gradients[0]!);
        if (context.Wants(node.Inputs[1]))
            AccumulateReduced(context, node.Inputs[1], context.Add(new Scale(-1), node.Inputs[1], gradients[0]!));
    }
}

/// <summary>a · b.</summary>
internal sealed record Multiply() : Elementwise("mul", "*")
{
    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        for (int i = 0; i < 2; i++)
        {
            if (context.Wants(node.Inputs[i]))
                AccumulateReduced(
                    context, node.Inputs[i], context.Add(new Multiply(), node.Inputs[i], gradients[0]!, node.Inputs[1 - i]));
        }
    }
}

/// <summary>x times a number.</summary>
internal sealed record Scale(Scalar Factor) : Operation
{
    public override IEnumerable<string> Symbols => Factor.Symbols;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) =>
        Factor is Scalar.Constant { Value: -1 } ? $"-{spelling[0]}" : $"{spelling[0]} * {spelling.Number(Factor)}";

    public override Operation WithNumbers(Func<Scalar, Scalar> replace) => this with { Factor = replace(Factor) };

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new Scale(Factor), node.Inputs[0], gradients[0]!));

    public override string Explicit(Spelling spelling) =>
        Factor is Scalar.Constant { Value: -1 } ? $"Aten.neg({spelling[0]})" : $"Aten.mul({spelling[0]}, {Factor.Code})";

    public override string Autograd(Spelling spelling) =>
        Factor is Scalar.Constant { Value: -1 } ? $"-{spelling[0]}" : Explicit(spelling);

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        Factor.Symbols.Any() ? []
        : Factor is Scalar.Constant { Value: -1 } ? [spelling.Onnx("Neg")]
        : [Spelling.OnnxNode("Mul", spelling[0], Spelling.OnnxNumber(Factor))];

    public override string? ExplicitInPlace(Spelling spelling) =>
        Factor is Scalar.Constant { Value: -1 } ? $"Aten.neg_({spelling[0]})" : $"Aten.mul_({spelling[0]}, {Factor.Code})";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>x divided by a number.</summary>
internal sealed record DivideBy(Scalar Divisor) : Operation
{
    public override IEnumerable<string> Symbols => Divisor.Symbols;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) => $"{spelling[0]} / {spelling.Number(Divisor)}";

    public override Operation WithNumbers(Func<Scalar, Scalar> replace) => this with { Divisor = replace(Divisor) };

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new DivideBy(Divisor), node.Inputs[0], gradients[0]!));

    public override string Explicit(Spelling spelling) => $"Aten.div({spelling[0]}, {Divisor.Code})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        Divisor.Symbols.Any() ? [] : [Spelling.OnnxNode("Div", spelling[0], Spelling.OnnxNumber(Divisor))];

    public override string? ExplicitInPlace(Spelling spelling) => $"Aten.div_({spelling[0]}, {Divisor.Code})";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>x², element by element.</summary>
internal sealed record Square : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) => $"{spelling[0]} * {spelling[0]}";

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value doubled = context.Add(new Scale(2), node.Inputs[0], node.Inputs[0]);
        context.Accumulate(node.Inputs[0], context.Add(new Multiply(), node.Inputs[0], doubled, gradients[0]!));
    }

    public override string Explicit(Spelling spelling) => $"Aten.mul({spelling[0]}, {spelling[0]})";

    public override string Autograd(Spelling spelling) => $"{spelling[0]} * {spelling[0]}";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [Spelling.OnnxNode("Mul", spelling[0], spelling[0])];

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}
