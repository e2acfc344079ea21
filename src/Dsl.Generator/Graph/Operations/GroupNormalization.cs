using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>
/// Normalisation of groups of channels of each sample. Inputs: x [N, C, ...], contiguous, and, optionally, weight and bias
/// [C]. Results: y, and the mean and inverse standard deviation [N, groups].
/// </summary>
internal sealed record GroupNormalization(int Groups, double Epsilon) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var statistic = new TensorType(Shape.Of(inputs[0].Shape[0], Groups));
        return [inputs[0].Type, statistic, statistic];
    }

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0];

        // The gradient behind a mean or a view is strided, which aten's function refuses as it does for x.
        Value gradient = context.Computation.Add(new Contiguous(), GradientContext.Name(node.Output), gradients[0]!);
        var results = context.Computation.AddMany(
            new GroupNormalizationBackward(Groups), node.Inputs.Select(GradientContext.Name).ToArray(),
            [gradient, x, node.Outputs[1], node.Outputs[2], .. node.Inputs.Skip(1).Take(1)]);
        for (int i = 0; i < results.Count; i++) context.Accumulate(node.Inputs[i], results[i]);
    }

    public override string Explicit(Spelling spelling) =>
        $"Aten.native_group_norm({spelling[0]}, {spelling.OrNull(1)}, {spelling.OrNull(2)}, "
        + $"{Sizes(spelling[0], spelling.Node.Output.Shape)}, {Groups.ToString(CultureInfo.InvariantCulture)}, "
            + $"{Scalar.Literal(Epsilon)})";

    public override string Autograd(Spelling spelling) =>
        $"nn.functional.group_norm({spelling[0]}, {Groups.ToString(CultureInfo.InvariantCulture)}, {spelling.OrNull(1)}, "
        + $"{spelling.OrNull(2)}, {Scalar.Literal(Epsilon)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
    [
        $"onnx.GroupNormalization({spelling[0]}, {spelling.OrNull(1)}, {spelling.OrNull(2)}, "
        + $"{Spelling.List([.. spelling.Node.Output.Shape.Dims.Select(dim => dim.IsKnown ? dim.Factor : -1)])}, "
        + $"{Spelling.Join(Groups)}, {Spelling.Single(Epsilon)})",
    ];

    public override long Flops(Node node) => (5 + node.Inputs.Count) * node.Output.Shape.ElementsPerSample;

    /// <summary>Samples, channels and elements of a channel, as aten takes them.</summary>
    public static string Sizes(string x, Shape shape) =>
        $"{x}.size(0), {Spelling.Join(shape[1].Factor, shape.Without(0).ElementsPerSample / shape[1].Factor)}";
}

/// <summary>Gradients of x and of what is learned. Inputs: gradient, x, mean, inverse deviation and, optionally,
/// weight.</summary>
internal sealed record GroupNormalizationBackward(int Groups) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        inputs.Count > 4 ? [inputs[1].Type, inputs[4].Type, inputs[4].Type] : [inputs[1].Type];

    public override string Explicit(Spelling spelling)
    {
        string affine = Spelling.Bool(spelling.Count > 4);
        return $"Aten.native_group_norm_backward({spelling[0]}, {spelling[1]}, {spelling[2]}, {spelling[3]}, "
            + $"{spelling.OrNull(4)}, "
            + $"{GroupNormalization.Sizes(spelling[1], spelling.Node.Inputs[1].Shape)}, "
            + $"{Groups.ToString(CultureInfo.InvariantCulture)}, [true, {affine}, {affine}])";
    }

    public override string Results(IReadOnlyList<string> targets) =>
        targets.Count == 1 ? $"({targets[0]}, {Discard}, {Discard})" : $"({string.Join(", ", targets)})";
}

/// <summary>The same values in row-major order: a copy only where they are in another one.</summary>
internal sealed record Contiguous : Operation
{
    // Whenever nothing is copied; treating it as a view always is the safe side.
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], gradients[0]!);

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.contiguous()";

    public override string Explicit(Spelling spelling) => $"Aten.contiguous({spelling[0]})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling[0]];
}
