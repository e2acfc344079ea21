using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Zeros around the last dimensions.</summary>
/// <param name="Amounts">How many before and after, from the last dimension on, as aten orders them; negative ones cut
/// off.</param>
internal sealed record ConstantPad(EquatableArray<long> Amounts) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = Padded(inputs[0].Shape, Amounts) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(
            new ConstantPad(new EquatableArray<long>(Amounts.Select(amount => -amount))), node.Inputs[0], gradients[0]!));

    public override string Explicit(Spelling spelling) => $"Aten.pad({spelling[0]}, {Spelling.Join([.. Amounts])})";

    public override string Autograd(Spelling spelling) => $"nn.functional.pad({spelling[0]}, {Spelling.Array([.. Amounts])})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [Spelling.OnnxNode("Pad", spelling[0], Spelling.OnnxList(OnnxAmounts(Amounts, spelling.Node.Output.Shape.Rank)))];

    /// <summary>The amounts as ONNX orders them: before each dimension from the first on, then behind each.</summary>
    public static long[] OnnxAmounts(EquatableArray<long> amounts, int rank)
    {
        return [.. Enumerable.Range(0, rank).Select(i => Amount(i, 0)), .. Enumerable.Range(0, rank).Select(i => Amount(i, 1))];

        long Amount(int dimension, int side) =>
            2 * (rank - 1 - dimension) is var place && place < amounts.Count ? amounts[place + side] : 0;
    }

    /// <summary>The shape after padding.</summary>
    public static Shape Padded(Shape shape, EquatableArray<long> amounts) => shape.Map((size, i) =>
    {
        int fromLast = 2 * (shape.Rank - 1 - i);

        // A dimension that stays as it is may be the batch.
        return fromLast < amounts.Count && (amounts[fromLast] != 0 || amounts[fromLast + 1] != 0)
            ? size.Factor + amounts[fromLast] + amounts[fromLast + 1] : size;
    });
}

/// <summary>The elements beside the edge, mirrored at it, around the one or two last dimensions. Input: x.</summary>
/// <param name="Amounts">As of <see cref="ConstantPad"/>, none negative.</param>
internal sealed record ReflectionPad(EquatableArray<long> Amounts) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = ConstantPad.Padded(inputs[0].Shape, Amounts) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(
            node.Inputs[0], context.Add(new ReflectionPadBackward(Amounts), node.Inputs[0], gradients[0]!, node.Inputs[0]));

    public override string Autograd(Spelling spelling) =>
        $"nn.functional.pad({spelling[0]}, {Spelling.Array([.. Amounts])}, PaddingModes.Reflect)";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
    [
        Spelling.OnnxNode(
            "Pad", spelling[0], Spelling.OnnxList(ConstantPad.OnnxAmounts(Amounts, spelling.Node.Output.Shape.Rank)))
        + ".With(\"mode\", \"reflect\")",
    ];
}

/// <summary>The gradient with that of the mirrored elements added. Inputs: gradient, x.</summary>
internal sealed record ReflectionPadBackward(EquatableArray<long> Amounts) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) =>
        $"Aten.reflection_pad{Amounts.Count / 2}d_backward({spelling[0]}, {spelling[1]}, {Spelling.List([.. Amounts])})";
}
