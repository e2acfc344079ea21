using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>log softmax over one dimension; a negative one counts from the end.</summary>
internal sealed record LogSoftmax(int Dimension = -1) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(
            node.Inputs[0], context.Add(new LogSoftmaxBackward(Dimension), node.Inputs[0], gradients[0]!, node.Output));

    public override string Explicit(Spelling spelling) => $"Aten.log_softmax({spelling[0]}, {Spelling.Join(Dimension)})";

    public override string Autograd(Spelling spelling) => $"nn.functional.log_softmax({spelling[0]}, {Spelling.Join(Dimension)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"{spelling.Onnx("LogSoftmax")}.With(\"axis\", {Spelling.Join(Dimension)})"];

    public override long Flops(Node node) => 5 * node.Output.Shape.ElementsPerSample;
}

/// <summary>g − softmax·Σg. Inputs: the gradient g, the result of log softmax.</summary>
internal sealed record LogSoftmaxBackward(int Dimension) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) =>
        $"Aten._log_softmax_backward_data({spelling[0]}, {spelling[1]}, {Spelling.Join(Dimension)}, {spelling[1]}.dtype)";
}

/// <summary>Softmax over one dimension; a negative one counts from the end.</summary>
internal sealed record Softmax(int Dimension = -1) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(
            node.Inputs[0], context.Add(new SoftmaxBackward(Dimension), node.Inputs[0], gradients[0]!, node.Output));

    public override string Explicit(Spelling spelling) => $"Aten.softmax({spelling[0]}, {Spelling.Join(Dimension)})";

    public override string? ExplicitInPlace(Spelling spelling) =>
        $"Aten.softmax_({spelling[0]}, {Spelling.Join(Dimension)})";

    public override string Autograd(Spelling spelling) => $"nn.functional.softmax({spelling[0]}, {Spelling.Join(Dimension)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"{spelling.Onnx("Softmax")}.With(\"axis\", {Spelling.Join(Dimension)})"];

    public override long Flops(Node node) => 5 * node.Output.Shape.ElementsPerSample;
}

/// <summary>p·(g − Σ p·g). Inputs: the gradient g, the result p of softmax.</summary>
internal sealed record SoftmaxBackward(int Dimension) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) => $"Aten._softmax_backward_data({Arguments(spelling)})";

    public override string? ExplicitInPlace(Spelling spelling) => $"Aten._softmax_backward_data_({Arguments(spelling)})";

    private string Arguments(Spelling spelling) =>
        $"{spelling[0]}, {spelling[1]}, {Spelling.Join(Dimension)}, {spelling[1]}.dtype";
}
