using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>
/// Normalisation of the last dimensions of each sample. Inputs: x and, optionally, weight and bias of their shape. Results: y,
/// and the mean and inverse standard deviation.
/// </summary>
/// <param name="Count">How many of the last dimensions.</param>
internal sealed record LayerNormalization(int Count, double Epsilon) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        var statistic = new TensorType(x.Map((dim, i) => i < x.Rank - Count ? dim : 1));
        return [inputs[0].Type, statistic, statistic];
    }

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        var learned = node.Inputs.Skip(1).ToList();
        var results = context.Computation.AddMany(
            new LayerNormalizationBackward(Count), node.Inputs.Select(GradientContext.Name).ToArray(),
            [gradients[0]!, node.Inputs[0], node.Outputs[1], node.Outputs[2], .. learned]);
        for (int i = 0; i < results.Count; i++) context.Accumulate(node.Inputs[i], results[i]);
    }

    public override string Explicit(Spelling spelling) =>
        $"Aten.native_layer_norm({spelling[0]}, {Spelling.List(Sizes(spelling.Node.Output.Shape, Count))}, "
        + $"{spelling.OrNull(1)}, {spelling.OrNull(2)}, {Scalar.Literal(Epsilon)})";

    public override string Autograd(Spelling spelling) =>
        $"nn.functional.layer_norm({spelling[0]}, {Spelling.Array(Sizes(spelling.Node.Output.Shape, Count))}, "
        + $"{spelling.OrNull(1)}, {spelling.OrNull(2)}, {Scalar.Literal(Epsilon)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
    [
        Spelling.OnnxNode("LayerNormalization", [spelling[0],
            spelling.Count > 1 ? spelling[1] : $"onnx.Filled(1, {Spelling.Join(Sizes(spelling.Node.Output.Shape, Count))})",
            .. spelling.Count > 2 ? new[] { spelling[2] } : []])
        + $".With(\"axis\", {Spelling.Join(-Count)}).With(\"epsilon\", {Spelling.Single(Epsilon)})",
    ];

    public override long Flops(Node node) => (5 + node.Inputs.Count) * node.Output.Shape.ElementsPerSample;

    /// <summary>The sizes of the last dimensions.</summary>
    public static long[] Sizes(Shape shape, int count) => shape.Dims.Skip(shape.Rank - count).Select(dim => dim.Factor).ToArray();
}

/// <summary>Gradients of x and of what is learned. Inputs: gradient, x, mean, inverse deviation and, optionally, weight and
/// bias.</summary>
internal sealed record LayerNormalizationBackward(int Count) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[1].Type, .. inputs.Skip(4).Select(input => input.Type)];

    public override string Explicit(Spelling spelling) =>
        $"Aten.native_layer_norm_backward({spelling[0]}, {spelling[1]}, "
        + $"{Spelling.List(LayerNormalization.Sizes(spelling.Node.Inputs[1].Shape, Count))}, {spelling[2]}, {spelling[3]}, "
        + $"{spelling.OrNull(4)}, {spelling.OrNull(5)}, [true, {Spelling.Bool(spelling.Count > 4)}, "
        + $"{Spelling.Bool(spelling.Count > 5)}])";

    public override string Results(IReadOnlyList<string> targets) =>
        $"({targets[0]}, {(targets.Count > 1 ? targets[1] : Discard)}, {(targets.Count > 2 ? targets[2] : Discard)})";
}
