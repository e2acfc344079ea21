using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>An image in a higher resolution. Input: x [N, C, H, W].</summary>
internal sealed record Upsample(int Scale, Interpolation Mode) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [new(inputs[0].Shape.Map((size, i) => i >= 2 ? size.Factor * Scale : size))];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(
            node.Inputs[0], context.Add(new UpsampleBackward(Mode, node.Inputs[0].Shape), node.Inputs[0], gradients[0]!));

    public override string Autograd(Spelling spelling)
    {
        string function = Mode == Interpolation.Nearest ? "upsample_nearest2d" : "upsample_bilinear";
        return $"nn.functional.{function}({spelling[0]}, {Spelling.Array(Size(spelling.Node.Output.Shape))})";
    }

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
    [
        Spelling.OnnxNode("Resize", spelling[0], "null", $"onnx.Numbers(1, 1, {Spelling.Join(Scale, Scale)})")
        + (Mode == Interpolation.Nearest
            ? ".With(\"mode\", \"nearest\").With(\"coordinate_transformation_mode\", \"asymmetric\")"
                + ".With(\"nearest_mode\", \"floor\")"
            : ".With(\"mode\", \"linear\")"),
    ];

    // A bilinear value is a sum of four products.
    public override long Flops(Node node) => Mode == Interpolation.Nearest ? 0 : 7 * node.Output.Shape.ElementsPerSample;

    /// <summary>Aten's name of the upsampling.</summary>
    public static string Function(Interpolation mode) =>
        mode == Interpolation.Nearest ? "upsample_nearest2d" : "upsample_bilinear2d";

    /// <summary>The argument that says that corners of pixels, not their centres, are aligned: they are not.</summary>
    public static string Corners(Interpolation mode) => mode == Interpolation.Nearest ? "" : ", false";

    /// <summary>Height and width.</summary>
    public static long[] Size(Shape image) => image.Dims.Skip(2).Select(size => size.Factor).ToArray();
}

/// <summary>The gradient of an upsampled image's pixels, summed over what each was used for. Input: gradient.</summary>
/// <param name="Image">The shape [N, C, H, W] before upsampling.</param>
internal sealed record UpsampleBackward(Interpolation Mode, Shape Image) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [inputs[0].Type with { Shape = Image }];

    public override string Explicit(Spelling spelling)
    {
        string output = Spelling.List(Upsample.Size(spelling.Node.Inputs[0].Shape));
        string[] known = Image.Dims.Skip(1).Select(size => size.Factor.ToString(CultureInfo.InvariantCulture)).ToArray();
        return $"Aten.{Upsample.Function(Mode)}_backward({spelling[0]}, {output}, "
            + $"[{spelling[0]}.size(0), {string.Join(", ", known)}]{Upsample.Corners(Mode)})";
    }
}

/// <summary>Channels rearranged into resolution. Input: x [N, C·r², H, W].</summary>
internal sealed record PixelShuffle(int Factor) : Operation
{
    // Nothing moves with a factor of 1; treating the result as a view always is the safe side.
    public override bool IsView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [new(inputs[0].Shape.Map(
            (size, i) => i switch { 0 => size, 1 => size.Factor / Factor / Factor, _ => size.Factor * Factor }))];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new PixelUnshuffle(Factor), node.Inputs[0], gradients[0]!));

    public override string Autograd(Spelling spelling) => $"nn.functional.pixel_shuffle({spelling[0]}, {Spelling.Join(Factor)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"{spelling.Onnx("DepthToSpace")}.With(\"blocksize\", {Spelling.Join(Factor)}).With(\"mode\", \"CRD\")"];
}

/// <summary>Resolution rearranged into channels. Input: x [N, C, r·H, r·W].</summary>
internal sealed record PixelUnshuffle(int Factor) : BackwardOperation
{
    public override bool IsView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [new(inputs[0].Shape.Map(
            (size, i) => i switch { 0 => size, 1 => size.Factor * Factor * Factor, _ => size.Factor / Factor }))];

    public override string Explicit(Spelling spelling) =>
        $"nn.functional.pixel_unshuffle({spelling[0]}, {Spelling.Join(Factor)})";
}
