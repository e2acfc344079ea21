using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Stride, padding, dilation and groups of a convolution, the same in every spatial dimension.</summary>
/// <param name="Dimensions">The number of spatial dimensions.</param>
/// <param name="Transposed">Whether it is the transpose of such a convolution, which runs from its output to its input.</param>
/// <param name="OutputPadding">What a transposed one adds at the end of its output.</param>
internal sealed record ConvolutionGeometry(
    int Stride, int Padding, int Dilation, int Groups, int Dimensions = 2, bool Transposed = false, int OutputPadding = 0)
{
    /// <summary>The size of a spatial dimension after the convolution; below 1 when the window does not fit.</summary>
    public long Output(long input, long kernel) => Transposed
        ? (input - 1) * Stride - 2L * Padding + Dilation * (kernel - 1) + OutputPadding + 1
        : (input + 2L * Padding - Dilation * (kernel - 1) - 1 + Stride) / Stride;

    /// <summary>A size for each spatial dimension.</summary>
    public long[] Repeat(int size) => Enumerable.Repeat((long)size, Dimensions).ToArray();

    /// <summary>Stride, padding, dilation, direction and groups as aten takes them.</summary>
    public string Spell() => string.Join(", ", new[] { Stride, Padding, Dilation }.Select(size => Spelling.List(Repeat(size))))
        + $", {Spelling.Bool(Transposed)}, {Spelling.List(Repeat(OutputPadding))}, {Groups}";
}

/// <summary>
/// A convolution of any number of spatial dimensions. Inputs: x [N, C, ...], weight [O, C/g, k, ...], for a transposed one
/// [C, O/g, k, ...], and, optionally, bias [O].
/// </summary>
internal sealed record Convolution(ConvolutionGeometry Geometry) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape, weight = inputs[1].Shape;
        Dim channels = Geometry.Transposed ? weight[1] * Geometry.Groups : weight[0];
        return
        [
            inputs[0].Type with
            {
                Shape = x.Map((size, i) => i switch
                {
                    0 => size,
                    1 => channels,
                    _ => Geometry.Output(size.Factor, weight[i].Factor),
                }),
            },
        ];
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

    public override string Autograd(Spelling spelling)
    {
        int[] sizes = Geometry.Transposed
            ? [Geometry.Stride, Geometry.Padding, Geometry.OutputPadding, Geometry.Dilation]
            : [Geometry.Stride, Geometry.Padding, Geometry.Dilation];

        // TorchSharp takes numbers for one dimension and arrays for more.
        string settings = string.Join(
            ", ", sizes.Select(size => Geometry.Dimensions == 1 ? Spelling.Join(size) : Spelling.List(Geometry.Repeat(size))));
        string name = Geometry switch
        {
            { Transposed: true } => "nn.functional.conv_transpose",
            { Dimensions: > 2 } => "nn.functional.conv",
            _ => "Aten.conv",
        };
        return $"{name}{Geometry.Dimensions}d({spelling[0]}, {spelling[1]}, {spelling.OrNull(2)}, {settings}, {Geometry.Groups})";
    }

    public override IReadOnlyList<string> Onnx(Spelling spelling)
    {
        string settings = $".With(\"strides\", {Spelling.List(Geometry.Repeat(Geometry.Stride))})"
            + $".With(\"pads\", {Spelling.List([.. Geometry.Repeat(Geometry.Padding), .. Geometry.Repeat(Geometry.Padding)])})"
            + $".With(\"dilations\", {Spelling.List(Geometry.Repeat(Geometry.Dilation))})"
            + $".With(\"group\", {Spelling.Join(Geometry.Groups)})";
        return Geometry.Transposed
            ? [spelling.Onnx("ConvTranspose") + settings
                + $".With(\"output_padding\", {Spelling.List(Geometry.Repeat(Geometry.OutputPadding))})"]
            : [spelling.Onnx("Conv") + settings];
    }

    public override long Flops(Node node)
    {
        Shape places = Geometry.Transposed ? node.Inputs[0].Shape : node.Output.Shape;
        return 2 * places.ElementsPerSample * node.Inputs[1].Shape.Without(0).ElementsPerSample
            + (node.Inputs.Count > 2 ? node.Output.Shape.ElementsPerSample : 0);
    }
}

/// <summary>Gradients of a convolution's weight and bias. Inputs: gradient, x, weight.</summary>
internal sealed record ConvolutionParameterGradients(ConvolutionGeometry Geometry, bool Bias) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        Bias ? [inputs[2].Type, new(Shape.Of(inputs[0].Shape[1]))] : [inputs[2].Type];

    public override string Explicit(Spelling spelling)
    {
        string bias = Bias ? Spelling.List(spelling.Node.Inputs[0].Shape[1].Factor) : "[]";
        return $"Aten.convolution_backward({spelling[0]}, {spelling[1]}, {spelling[2]}, {bias}, {Geometry.Spell()}, [false, "
            + $"true, {Spelling.Bool(Bias)}])";
    }

    // convolution_backward has three results, of which this operation asks for the last one or two.
    public override string Results(IReadOnlyList<string> targets) =>
        $"({Discard}, {targets[0]}, {(Bias ? targets[1] : Discard)})";
}

/// <summary>The gradient of a convolution's input. Inputs: gradient, x, weight.</summary>
internal sealed record ConvolutionInputGradient(ConvolutionGeometry Geometry) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) =>
        $"Aten.convolution_backward({spelling[0]}, {spelling[1]}, {spelling[2]}, [], {Geometry.Spell()}, [true, false, false])";

    public override string Results(IReadOnlyList<string> targets) => $"({targets[0]}, {Discard}, {Discard})";
}
