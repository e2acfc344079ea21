using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The maximum of each window. Input: x [N, C, H, W]. Results: y, and the index of each maximum.</summary>
internal sealed record MaxPool2d(PoolWindow Window) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Shape y = Window.Output(inputs[0].Shape);
        return [new(y), new(y, ElementType.Int64)];
    }

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(
            new MaxPool2dBackward(Window, node.Inputs[0].Shape), node.Inputs[0], gradients[0]!, node.Outputs[1]));

    public override string Explicit(Spelling spelling) =>
        $"Aten.max_pool2d_with_indices({spelling[0]}, {Window.Lists}, [1, 1], false)";

    public override string Autograd(Spelling spelling) =>
        $"Aten.max_pool2d({spelling[0]}, {Window.Lists}, [1, 1], false)";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling.Onnx("MaxPool") + Window.Onnx];

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample * Window.Area;
}

/// <summary>The gradient at each maximum. Inputs: gradient, indices.</summary>
/// <param name="Whole">The shape of x, of which nothing else is read.</param>
internal sealed record MaxPool2dBackward(PoolWindow Window, Shape Whole) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(Whole)];

    public override string Explicit(Spelling spelling) =>
        $"Aten.max_pool2d_with_indices_backward({spelling[0]}, [{Spelling.Join(Whole[2].Factor, Whole[3].Factor)}], "
        + $"{Window.Lists}, [1, 1], false, {spelling[1]})";
}

/// <summary>The mean of each window. Input: x [N, C, H, W].</summary>
/// <param name="CountIncludePad">Whether the zeros of the padding count as elements.</param>
internal sealed record AvgPool2d(PoolWindow Window, bool CountIncludePad) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(Window.Output(inputs[0].Shape))];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(
            new AvgPool2dBackward(Window, CountIncludePad), node.Inputs[0], gradients[0]!, node.Inputs[0]));

    public override string Autograd(Spelling spelling) =>
        $"nn.functional.avg_pool2d({spelling[0]}, {Window.Arguments}, false, {Spelling.Bool(CountIncludePad)})";

    public override string Explicit(Spelling spelling) =>
        $"Aten.avg_pool2d({spelling[0]}, {Window.Lists}, false, {Spelling.Bool(CountIncludePad)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"{spelling.Onnx("AveragePool")}{Window.Onnx}.With(\"count_include_pad\", {(CountIncludePad ? 1 : 0)})"];

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample * Window.Area;
}

/// <summary>The gradient spread over each window. Inputs: gradient, x.</summary>
internal sealed record AvgPool2dBackward(PoolWindow Window, bool CountIncludePad) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) =>
        $"Aten.avg_pool2d_backward({spelling[0]}, {spelling[1]}, {Window.Lists}, false, {Spelling.Bool(CountIncludePad)})";
}

/// <summary>Means of as many windows as the output has places. Input: x [N, C, H, W].</summary>
internal sealed record AdaptiveAvgPool2d(int Size) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [new(inputs[0].Shape.With(2, Size).With(3, Size))];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(
            node.Inputs[0], context.Add(new AdaptiveAvgPool2dBackward(), node.Inputs[0], gradients[0]!, node.Inputs[0]));

    public override string Autograd(Spelling spelling) => $"nn.functional.adaptive_avg_pool2d({spelling[0]}, {Size})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        Size == 1 ? [spelling.Onnx("GlobalAveragePool")]
        : [$"onnx.AdaptiveAveragePool({spelling[0]}, "
            + $"{Spelling.Join(spelling.Node.Inputs[0].Shape[2].Factor, spelling.Node.Inputs[0].Shape[3].Factor, Size)})"];

    public override long Flops(Node node) => node.Inputs[0].Shape.ElementsPerSample;
}

/// <summary>The gradient spread over each window. Inputs: gradient, x.</summary>
internal sealed record AdaptiveAvgPool2dBackward : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) => $"Aten._adaptive_avg_pool2d_backward({spelling[0]}, {spelling[1]})";
}
