using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>max(0, x).</summary>
internal sealed record ReLU : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) => spelling.Call("max", spelling[0], spelling.Number(0));

    // The result says where x was positive as well as x does, so that x itself need not be kept.
    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new ThresholdBackward(), node.Inputs[0], gradients[0]!, node.Output));

    public override string Autograd(Spelling spelling) => $"Aten.relu({spelling[0]})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("Relu")];

    public override string? ExplicitInPlace(Spelling spelling) => $"Aten.relu_({spelling[0]})";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>The gradient where a value was above the threshold, else zero. Inputs: gradient, the value.</summary>
internal sealed record ThresholdBackward(double Threshold = 0) : BackwardOperation, IBiasedDerivative
{
    public bool TakesBias => true;

    public bool HasOut => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string? Element(ElementSpelling spelling) =>
        spelling.Where("le", spelling[1], spelling.Number(Threshold), spelling.Number(0), spelling[0]);

    public override string Explicit(Spelling spelling) =>
        $"Aten.threshold_backward({spelling[0]}, {spelling[1]}, {Scalar.Literal(Threshold)})";

    public override string? ExplicitInPlace(Spelling spelling) =>
        $"Aten.threshold_backward_({spelling[0]}, {spelling[1]}, {Scalar.Literal(Threshold)})";

    public string WithBias(Spelling spelling, string ending, string bias) =>
        $"Aten.threshold_backward{ending}({spelling[0]}, {spelling[1]}, {Scalar.Literal(Threshold)}, {bias})";
}
