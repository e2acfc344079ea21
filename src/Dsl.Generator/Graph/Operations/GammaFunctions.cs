using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>log Γ(x), element by element, of x above 0.</summary>
internal sealed record LogGamma : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value slope = context.Computation.Add(new Digamma(), GradientContext.Name(node.Output) + "Slope", node.Inputs[0]);
        context.Accumulate(node.Inputs[0], context.Add(new Multiply(), node.Inputs[0], gradients[0]!, slope));
    }

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.lgamma()";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>ψ(x), the derivative of log Γ(x), element by element, of x above 0.</summary>
internal sealed record Digamma : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value slope = context.Computation.Add(new Trigamma(), GradientContext.Name(node.Output) + "Slope", node.Inputs[0]);
        context.Accumulate(node.Inputs[0], context.Add(new Multiply(), node.Inputs[0], gradients[0]!, slope));
    }

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.digamma()";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>ψ'(x), element by element, of x above 0.</summary>
internal sealed record Trigamma : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string Explicit(Spelling spelling) => $"{spelling[0]}.polygamma(1)";
}
