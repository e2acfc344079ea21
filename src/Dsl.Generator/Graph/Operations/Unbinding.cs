using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The parts that a dimension counts, each without it, as views. Input: x. Results: as many as that dimension is
/// long.</summary>
internal sealed record Unbind(int Dimension) : Operation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override bool AutogradGivesAll => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var part = inputs[0].Type with { Shape = inputs[0].Shape.Without(Dimension) };
        return Enumerable.Repeat(part, (int)inputs[0].Shape[Dimension].Factor).ToList();
    }

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        if (gradients.Contains(null)) throw new NotSupportedException("a part of an unbound tensor has no gradient");
        context.Accumulate(
            node.Inputs[0], context.Add(new Stack(Dimension), node.Inputs[0], [.. gradients.Select(gradient => gradient!)]));
    }

    public override string Explicit(Spelling spelling) =>
        Parts(spelling, part => $"Aten.select({spelling[0]}, {Spelling.Join(Dimension, part)})");

    public override string Autograd(Spelling spelling) =>
        Parts(spelling, part => $"{spelling[0]}.select({Spelling.Join(Dimension, part)})");

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [.. Enumerable.Range(0, spelling.Node.Outputs.Count).Select(part => Spelling.OnnxElement(spelling[0], Dimension, part))];

    private static string Parts(Spelling spelling, Func<int, string> select) =>
        $"({string.Join(", ", Enumerable.Range(0, spelling.Node.Outputs.Count).Select(select))})";
}

/// <summary>Tensors of one shape beside each other, counted by a new dimension.</summary>
internal sealed record Stack(int Dimension) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var dims = inputs[0].Shape.Dims.ToList();
        dims.Insert(Dimension, inputs.Count);
        return [inputs[0].Type with { Shape = Shape.Of(dims.ToArray()) }];
    }

    public override string Explicit(Spelling spelling) =>
        $"Aten.stack([{spelling.All}], {Spelling.Join(Dimension)})";
}
