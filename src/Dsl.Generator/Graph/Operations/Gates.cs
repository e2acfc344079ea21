using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>σ(x) = 1/(1 + e⁻ˣ), element by element.</summary>
internal sealed record SigmoidGate : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    // The derivative σ·(1 − σ) needs the result alone.
    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new SigmoidGateBackward(), node.Inputs[0], gradients[0]!, node.Output));

    public override string Explicit(Spelling spelling) => $"Aten.sigmoid({spelling[0]})";

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.sigmoid()";

    public override string? ExplicitInPlace(Spelling spelling) => $"Aten.sigmoid_({spelling[0]})";

    public override long Flops(Node node) => 4 * node.Output.Shape.ElementsPerSample;
}

/// <summary>g·σ·(1 − σ). Inputs: the gradient g, the result σ.</summary>
internal sealed record SigmoidGateBackward : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) => $"Aten.sigmoid_backward({spelling[0]}, {spelling[1]})";
}
