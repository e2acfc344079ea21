using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>One of two tensors, element by element, by their order; where they are equal, each gets half of the
/// gradient.</summary>
/// <param name="Aten">Its name among libtorch's.</param>
/// <param name="IsLarger">Whether it is the larger of the two.</param>
internal abstract record Extreme(string Aten, bool IsLarger) : Elementwise(Aten, "")
{
    public sealed override string Explicit(Spelling spelling) => $"{spelling[0]}.{Aten}({spelling[1]})";

    public sealed override string Autograd(Spelling spelling) => Explicit(spelling);

    public sealed override string Element(ElementSpelling spelling) =>
        spelling.Call(IsLarger ? "max" : "min", spelling[0], spelling[1]);

    public sealed override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx(IsLarger ? "Max" : "Min")];

    public sealed override string? ExplicitInPlace(Spelling spelling) => null;

    public sealed override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        for (int i = 0; i < 2; i++)
        {
            Value own = node.Inputs[i], other = node.Inputs[1 - i];
            if (!context.Wants(own)) continue;
            Value[] inOrder = IsLarger ? [own, other] : [other, own];
            AccumulateReduced(context, own, context.Add(new LargerBackward(), own, [gradients[0]!, .. inOrder]));
        }
    }
}

/// <summary>The larger of two tensors.</summary>
internal sealed record Maximum() : Extreme("maximum", true);

/// <summary>The smaller of two tensors.</summary>
internal sealed record Minimum() : Extreme("minimum", false);

/// <summary>The gradient where a is larger than b, half of it where they are equal. Inputs: gradient, a, b.</summary>
internal sealed record LargerBackward : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) => spelling.Where("gt", spelling[1], spelling[2], spelling[0],
        spelling.Where("eq", spelling[1], spelling[2], $"{spelling[0]} * {spelling.Number(0.5)}", spelling.Number(0)));

    public override string Explicit(Spelling spelling) => $"Aten.larger_backward({spelling.All})";
}

/// <summary>x kept between two numbers, element by element; a bound that is infinite is none.</summary>
internal sealed record Clamp(double Least, double Most) : Operation
{
    private string Bounds => $"{Scalar.Literal(Least)}, {Scalar.Literal(Most)}";

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling)
    {
        string bounded = double.IsInfinity(Least) ? spelling[0] : spelling.Call("max", spelling[0], spelling.Number(Least));
        return double.IsInfinity(Most) ? bounded : spelling.Call("min", bounded, spelling.Number(Most));
    }

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(
            node.Inputs[0], context.Add(new ClampBackward(Least, Most), node.Inputs[0], gradients[0]!, node.Inputs[0]));

    public override string Autograd(Spelling spelling) => $"Aten.clamp({spelling[0]}, {Bounds})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
    [
        Spelling.OnnxNode("Clip", spelling[0], double.IsInfinity(Least) ? "null" : Spelling.OnnxNumber(Least),
            double.IsInfinity(Most) ? "null" : Spelling.OnnxNumber(Most)),
    ];

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>The gradient where x lies within the bounds. Inputs: gradient, x.</summary>
internal sealed record ClampBackward(double Least, double Most) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    // Number by number: a bound that is infinite is none.
    public override string? Element(ElementSpelling spelling)
    {
        string below = double.IsInfinity(Most) ? spelling[0]
            : spelling.Where("le", spelling[1], spelling.Number(Most), spelling[0], spelling.Number(0));
        return double.IsInfinity(Least) ? below
            : spelling.Where("ge", spelling[1], spelling.Number(Least), below, spelling.Number(0));
    }

    public override string Explicit(Spelling spelling) =>
        $"Aten.clamp_backward({spelling.All}, {Scalar.Literal(Least)}, {Scalar.Literal(Most)})";
}
