using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The inputs one after another along a dimension.</summary>
/// <param name="Dimension">1 for the channels.</param>
internal sealed record Concatenate(int Dimension = 1) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.With(Dimension, inputs[0].Shape[Dimension] with { Factor = inputs.Sum(input => input.Shape[Dimension].Factor) }) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        long start = 0;
        foreach (var input in node.Inputs)
        {
            long length = input.Shape[Dimension].Factor;
            if (context.Wants(input)) context.Accumulate(input, context.Add(new Narrow(start, length, Dimension), input, gradients[0]!));
            start += length;
        }
    }

    public override string Autograd(Spelling spelling) => $"cat(new[] {{ {Names(spelling)} }}, {Dimension})";

    private static string Names(Spelling spelling) => string.Join(", ", Enumerable.Range(0, spelling.Count).Select(input => spelling[input]));
}

/// <summary>A part of a dimension, as a view.</summary>
internal sealed record Narrow(long Start, long Length, int Dimension = 1) : BackwardOperation
{
    public override bool IsView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.With(Dimension, Length) }];

    public override string Explicit(Spelling spelling) => $"{spelling[0]}.narrow({Dimension}, {Start}, {Length})";
}
