using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>eˣ, element by element.</summary>
internal sealed record Exponential : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) => spelling.Call("exp", spelling[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new Multiply(), node.Inputs[0], gradients[0]!, node.Output));

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.exp()";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("Exp")];

    public override string? ExplicitInPlace(Spelling spelling) => $"{spelling[0]}.exp_()";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>The natural logarithm, element by element.</summary>
internal sealed record Logarithm : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) => spelling.Call("log", spelling[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new Divide(), node.Inputs[0], gradients[0]!, node.Inputs[0]));

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.log()";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("Log")];

    public override string? ExplicitInPlace(Spelling spelling) => $"{spelling[0]}.log_()";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>√x, element by element.</summary>
internal sealed record SquareRoot : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) => spelling.Call("sqrt", spelling[0]);

    // 1/(2r) with the result r, so that x itself need not be kept.
    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value quotient = context.Computation.Add(
            new Divide(), GradientContext.Name(node.Output) + "Share", gradients[0]!, node.Output);
        context.Accumulate(node.Inputs[0], context.Add(new Scale(0.5), node.Inputs[0], quotient));
    }

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.sqrt()";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("Sqrt")];

    public override string? ExplicitInPlace(Spelling spelling) => $"{spelling[0]}.sqrt_()";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}
