using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph.Operations;

/// <summary>A dimension of size 1 taken away.</summary>
internal sealed record Squeeze(int Dimension) : Operation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.Without(Dimension) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new Unsqueeze(Dimension), node.Inputs[0], gradients[0]!));

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.squeeze({Dimension})";

    public override string Explicit(Spelling spelling) => $"Aten.squeeze({spelling[0]}, {Dimension})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [Spelling.OnnxNode("Squeeze", spelling[0], Spelling.OnnxList(Dimension))];
}

/// <summary>The dimensions in another order, as a view.</summary>
/// <param name="Order">The input's dimension that each of the result's is, the batch at its place.</param>
internal sealed record Permute(EquatableArray<long> Order) : Operation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        return [inputs[0].Type with { Shape = x.Map((_, i) => x[(int)Order[i]]) }];
    }

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        var back = Order.Select((source, target) => (source, target)).OrderBy(pair => pair.source)
            .Select(pair => (long)pair.target);
        context.Accumulate(
            node.Inputs[0], context.Add(new Permute(new EquatableArray<long>(back)), node.Inputs[0], gradients[0]!));
    }

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.permute({Spelling.Join([.. Order])})";

    public override string Explicit(Spelling spelling) => $"Aten.permute({spelling[0]}, {Spelling.Join([.. Order])})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"{spelling.Onnx("Transpose")}.With(\"perm\", {Spelling.List([.. Order])})"];
}

/// <summary>One element of dimension 0, without that dimension, as a view: a step of [T, N, ...].</summary>
internal sealed record Select(long Index) : Operation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.Without(0) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0];
        long[] amounts = [.. Enumerable.Repeat(0L, 2 * (x.Shape.Rank - 1)), Index, x.Shape[0].Factor - 1 - Index];
        Value row = context.Add(new Unsqueeze(0), x, gradients[0]!);
        context.Accumulate(x, context.Add(new ConstantPad(new EquatableArray<long>(amounts)), x, row));
    }

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.select(0, {Spelling.Join(Index)})";

    public override string Explicit(Spelling spelling) => $"Aten.select({spelling[0]}, 0, {Spelling.Join(Index)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [Spelling.OnnxElement(spelling[0], 0, Index)];
}
