using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph.Operations;

/// <summary>A part of a dimension whose size is known, as a view.</summary>
internal sealed record Slice(int Dimension, long Start, long Length) : Operation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.With(Dimension, Length) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        // Amounts stand from the last dimension to the first.
        Value x = node.Inputs[0];
        long[] amounts =
        [
            .. Enumerable.Repeat(0L, 2 * (x.Shape.Rank - 1 - Dimension)), Start, x.Shape[Dimension].Factor - Start - Length,
        ];
        context.Accumulate(x, context.Add(new ConstantPad(new EquatableArray<long>(amounts)), x, gradients[0]!));
    }

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.narrow({Spelling.Join(Dimension, Start, Length)})";

    public override string Explicit(Spelling spelling) =>
        $"Aten.narrow({spelling[0]}, {Spelling.Join(Dimension, Start, Length)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
    [
        Spelling.OnnxNode("Slice", spelling[0], Spelling.OnnxList(Start), Spelling.OnnxList(Start + Length),
            Spelling.OnnxList(Dimension)),
    ];
}
