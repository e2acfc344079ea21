using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>x plus a number.</summary>
internal sealed record AddNumber(Scalar Number) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) => $"{spelling[0]} + {spelling.Number(Number)}";

    public override Operation WithNumbers(Func<Scalar, Scalar> replace) => this with { Number = replace(Number) };

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], gradients[0]!);

    public override string Autograd(Spelling spelling) => $"Aten.add({spelling[0]}, {Number.Code})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        Number.Symbols.Any() ? [] : [Spelling.OnnxNode("Add", spelling[0], Spelling.OnnxNumber(Number))];

    public override string? ExplicitInPlace(Spelling spelling) => $"Aten.add_({spelling[0]}, {Number.Code})";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>max(x, least), element by element.</summary>
internal sealed record ClampMinimum(double Least) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) => spelling.Call("max", spelling[0], spelling.Number(Least));

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new ThresholdBackward(Least), node.Inputs[0], gradients[0]!, node.Output));

    public override string Autograd(Spelling spelling) => $"Aten.clamp_min({spelling[0]}, {Scalar.Literal(Least)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [Spelling.OnnxNode("Clip", spelling[0], Spelling.OnnxNumber(Least))];

    public override string? ExplicitInPlace(Spelling spelling) => $"Aten.clamp_min_({spelling[0]}, {Scalar.Literal(Least)})";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>1/√x, element by element.</summary>
internal sealed record InverseRoot : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) => $"{spelling.Number(1)} / {spelling.Call("sqrt", spelling[0])}";

    // −r³/2 with the result r, so that x itself need not be kept.
    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        string name = node.Output.Hint;
        Value square = context.Computation.Add(new Square(), name + "Square", node.Output);
        Value cube = context.Computation.Add(new Multiply(), name + "Cube", square, node.Output);
        Value product = context.Computation.Add(new Multiply(), name + "Product", cube, gradients[0]!);
        context.Accumulate(node.Inputs[0], context.Add(new Scale(-0.5), node.Inputs[0], product));
    }

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.rsqrt()";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [Spelling.OnnxNode("Reciprocal", spelling.Onnx("Sqrt"))];

    public override string? ExplicitInPlace(Spelling spelling) => $"{spelling[0]}.rsqrt_()";

    public override long Flops(Node node) => 2 * node.Output.Shape.ElementsPerSample;
}
