using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The inputs one after another along dimension 1, the channels.</summary>
internal sealed record Concatenate : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.With(1, inputs.Sum(input => input.Shape[1].Factor)) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        long start = 0;
        foreach (var input in node.Inputs)
        {
            long length = input.Shape[1].Factor;
            if (context.Wants(input)) context.Accumulate(input, context.Add(new Narrow(start, length), input, gradients[0]!));
            start += length;
        }
    }

    public override string Explicit(Spelling spelling) => $"Aten.cat([{Names(spelling)}], 1)";

    public override string Autograd(Spelling spelling) => $"cat(new[] {{ {Names(spelling)} }}, 1)";

    private static string Names(Spelling spelling) => string.Join(", ", Enumerable.Range(0, spelling.Count).Select(input => spelling[input]));
}

/// <summary>A part of dimension 1, as a view.</summary>
internal sealed record Narrow(long Start, long Length) : BackwardOperation
{
    public override bool IsView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.With(1, Length) }];

    public override string Explicit(Spelling spelling) => $"Aten.narrow({spelling[0]}, 1, {Start}, {Length})";
}
