using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The maximum of each window. Input: x [N, C, H, W]. Results: y, and the index of each maximum.</summary>
internal sealed record MaxPool2d(int Kernel, int Stride, int Padding) : Operation
{
    /// <summary>The size of a spatial dimension after pooling; below 1 when the window does not fit.</summary>
    public long Output(long input) => (input + 2 * Padding - Kernel + Stride) / Stride;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape, y = Shape.Of(x[0], x[1], Output(x[2].Factor), Output(x[3].Factor));
        return [new(y), new(y, ElementType.Int64)];
    }

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(
            new MaxPool2dBackward(Kernel, Stride, Padding), node.Inputs[0], gradients[0]!, node.Inputs[0], node.Outputs[1]));

    public override string Explicit(Spelling spelling) =>
        $"Aten.max_pool2d_with_indices({spelling[0]}, {Window(Kernel, Stride, Padding)}, [1, 1], false)";

    public override string Autograd(Spelling spelling) =>
        $"nn.functional.max_pool2d({spelling[0]}, {Kernel}, {Stride}, {Padding}, 1, false)";

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample * Kernel * Kernel;

    /// <summary>Kernel, stride and padding as aten takes them.</summary>
    public static string Window(int kernel, int stride, int padding) =>
        $"{Spelling.List(kernel, kernel)}, {Spelling.List(stride, stride)}, {Spelling.List(padding, padding)}";
}

/// <summary>The gradient at each maximum. Inputs: gradient, x, indices.</summary>
internal sealed record MaxPool2dBackward(int Kernel, int Stride, int Padding) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) =>
        $"Aten.max_pool2d_with_indices_backward({spelling[0]}, {spelling[1]}, {MaxPool2d.Window(Kernel, Stride, Padding)}, [1, 1], false, {spelling[2]})";
}
