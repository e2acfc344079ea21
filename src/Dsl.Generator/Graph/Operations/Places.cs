using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph.Operations;

/// <summary>One element of dimension 1, without that dimension, as a view: [N, T, D] to [N, D].</summary>
internal sealed record Place(long Index) : Operation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.Without(1) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0];
        var around = new EquatableArray<long>([0, 0, Index, x.Shape[1].Factor - 1 - Index]);
        context.Accumulate(x, context.Add(new ConstantPad(around), x, context.Add(new Unsqueeze(1), x, gradients[0]!)));
    }

    public override string Explicit(Spelling spelling) => $"Aten.select({spelling[0]}, 1, {Spelling.Join(Index)})";

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.select(1, {Spelling.Join(Index)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [Spelling.OnnxElement(spelling[0], 1, Index)];
}

/// <summary>A tensor repeated for each sample, without memory. Inputs: x [1, ...], and a tensor with the batch in
/// front.</summary>
internal sealed record RepeatForSamples : Operation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override bool IsRepeated => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.With(0, inputs[1].Shape[0]) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(
            node.Inputs[0], context.Add(new SumOver(new EquatableArray<int>([0]), Keep: true), node.Inputs[0], gradients[0]!));

    public override string Explicit(Spelling spelling) => $"Aten.expand({spelling[0]}, {Sizes(spelling)})";

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.expand({Sizes(spelling)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"onnx.RepeatForSamples({spelling.All}, {Spelling.Join(spelling.Node.Output.Shape.Rank)})"];

    // To aten, -1 is the size that the input has.
    private static string Sizes(Spelling spelling) =>
        $"{spelling[1]}.size(0){string.Concat(Enumerable.Repeat(", -1", spelling.Node.Output.Shape.Rank - 1))}";
}
