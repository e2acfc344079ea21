using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>max(x, bound), element by element.</summary>
internal sealed record AtLeast(double Bound) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) => spelling.Call("max", spelling[0], spelling.Number(Bound));

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(
            node.Inputs[0], context.Add(new AtLeastBackward(Bound), node.Inputs[0], gradients[0]!, node.Inputs[0]));

    public override string Autograd(Spelling spelling) => $"Aten.clamp_min({spelling[0]}, {Scalar.Literal(Bound)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [Spelling.OnnxNode("Clip", spelling[0], Spelling.OnnxNumber(Bound))];

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>The gradient where x is above the bound. Inputs: gradient, x.</summary>
internal sealed record AtLeastBackward(double Bound) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string? Element(ElementSpelling spelling) =>
        spelling.Where("le", spelling[1], spelling.Number(Bound), spelling.Number(0), spelling[0]);

    public override string Explicit(Spelling spelling) =>
        $"Aten.threshold_backward({spelling[0]}, {spelling[1]}, {Scalar.Literal(Bound)})";
}
