using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The larger of two tensors, element by element; where they are equal, each gets half of the gradient.</summary>
internal sealed record Maximum() : Elementwise("maximum", "")
{
    public override string Autograd(Spelling spelling) => Explicit(spelling);

    public override string? ExplicitInPlace(Spelling spelling) => null;

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value a = node.Inputs[0], b = node.Inputs[1];
        if (context.Wants(a)) AccumulateReduced(context, a, context.Add(new LargerBackward(), a, gradients[0]!, a, b));
        if (context.Wants(b)) AccumulateReduced(context, b, context.Add(new LargerBackward(), b, gradients[0]!, b, a));
    }
}

/// <summary>The smaller of two tensors, element by element; where they are equal, each gets half of the gradient.</summary>
internal sealed record Minimum() : Elementwise("minimum", "")
{
    public override string Autograd(Spelling spelling) => Explicit(spelling);

    public override string? ExplicitInPlace(Spelling spelling) => null;

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value a = node.Inputs[0], b = node.Inputs[1];
        if (context.Wants(a)) AccumulateReduced(context, a, context.Add(new LargerBackward(), a, gradients[0]!, b, a));
        if (context.Wants(b)) AccumulateReduced(context, b, context.Add(new LargerBackward(), b, gradients[0]!, a, b));
    }
}

/// <summary>The gradient where a is larger than b, half of it where they are equal. Inputs: gradient, a, b.</summary>
internal sealed record LargerBackward : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string Explicit(Spelling spelling) => $"Aten.larger_backward({spelling.All})";
}

/// <summary>x kept between two numbers, element by element; a bound that is infinite is none.</summary>
internal sealed record Clamp(double Least, double Most) : Operation
{
    private string Bounds => $"{Scalar.Literal(Least)}, {Scalar.Literal(Most)}";

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(
            node.Inputs[0], context.Add(new ClampBackward(Least, Most), node.Inputs[0], gradients[0]!, node.Inputs[0]));

    public override string Autograd(Spelling spelling) => $"Aten.clamp({spelling[0]}, {Bounds})";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>The gradient where x lies within the bounds. Inputs: gradient, x.</summary>
internal sealed record ClampBackward(double Least, double Most) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) =>
        $"Aten.clamp_backward({spelling.All}, {Scalar.Literal(Least)}, {Scalar.Literal(Most)})";
}
