using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Stride, padding, dilation and groups of a convolution, the same in every spatial dimension.</summary>
internal sealed record ConvolutionGeometry(int Stride, int Padding, int Dilation, int Groups)
{
    /// <summary>The size of a spatial dimension after the convolution; below 1 when the window does not fit.</summary>
    public long Output(long input, long kernel) => (input + 2 * Padding - Dilation * (kernel - 1) - 1 + Stride) / Stride;
}

/// <summary>A two-dimensional convolution. Inputs: x [N, C, H, W], weight [O, C/g, k, k] and, optionally, bias [O].</summary>
internal sealed record Convolution(ConvolutionGeometry Geometry) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape, weight = inputs[1].Shape;
        return [new(Shape.Of(
            x[0],
            weight[0],
            Geometry.Output(x[2].Factor, weight[2].Factor),
            Geometry.Output(x[3].Factor, weight[3].Factor)))];
    }

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0], weight = node.Inputs[1];
        Value? bias = node.Inputs.Count > 2 ? node.Inputs[2] : null;
        if (context.Wants(weight))
        {
            string[] names = [GradientContext.Name(weight), .. bias is null ? [] : new[] { GradientContext.Name(bias) }];
            var results = context.Computation.AddMany(
                new ConvolutionParameterGradients(Geometry, bias is not null), names, gradients[0]!, x, weight);
            context.Accumulate(weight, results[0]);
            if (bias is not null) context.Accumulate(bias, results[1]);
        }

        if (context.Wants(x))
            context.Accumulate(x, context.Add(new ConvolutionInputGradient(Geometry), x, gradients[0]!, x, weight));
    }

    public override string Explicit(Spelling spelling) =>
        $"Aten.convolution({spelling[0]}, {spelling[1]}, {spelling.OrNull(2)}, {Spell(Geometry)}, false, [0, 0], {Geometry.Groups})";

    public override string Autograd(Spelling spelling) =>
        $"nn.functional.conv2d({spelling[0]}, {spelling[1]}, {spelling.OrNull(2)}, {string.Join(", ", Pairs(Geometry).Select(pair => Spelling.Array(pair)))}, {Geometry.Groups})";

    public override long Flops(Node node) =>
        node.Output.Shape.ElementsPerSample * (2 * node.Inputs[1].Shape.Without(0).ElementsPerSample + (node.Inputs.Count > 2 ? 1 : 0));

    /// <summary>Stride, padding and dilation as aten takes them.</summary>
    public static string Spell(ConvolutionGeometry geometry) => string.Join(", ", Pairs(geometry).Select(pair => Spelling.List(pair)));

    private static IEnumerable<long[]> Pairs(ConvolutionGeometry geometry) =>
        new[] { geometry.Stride, geometry.Padding, geometry.Dilation }.Select(size => new long[] { size, size });
}

/// <summary>Gradients of a convolution's weight and bias. Inputs: gradient, x, weight.</summary>
internal sealed record ConvolutionParameterGradients(ConvolutionGeometry Geometry, bool Bias) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        Bias ? [inputs[2].Type, new(Shape.Of(inputs[2].Shape[0]))] : [inputs[2].Type];

    public override string Explicit(Spelling spelling)
    {
        string bias = Bias ? Spelling.List(spelling.Node.Inputs[2].Shape[0].Factor) : "[]";
        return $"Aten.convolution_backward({spelling[0]}, {spelling[1]}, {spelling[2]}, {bias}, {Convolution.Spell(Geometry)}, "
            + $"false, [0, 0], {Geometry.Groups}, [false, true, {Spelling.Bool(Bias)}])";
    }

    // convolution_backward has three results, of which this operation asks for the last one or two.
    public override string Results(IReadOnlyList<string> targets) => $"(_, {targets[0]}, {(Bias ? targets[1] : "_")})";
}

/// <summary>The gradient of a convolution's input. Inputs: gradient, x, weight.</summary>
internal sealed record ConvolutionInputGradient(ConvolutionGeometry Geometry) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) =>
        $"Aten.convolution_backward({spelling[0]}, {spelling[1]}, {spelling[2]}, [], {Convolution.Spell(Geometry)}, "
        + $"false, [0, 0], {Geometry.Groups}, [true, false, false])";

    public override string Results(IReadOnlyList<string> targets) => $"({targets[0]}, _, _)";
}
