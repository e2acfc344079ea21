using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The inputs one after another along a dimension.</summary>
/// <param name="Dimension">1 for the channels.</param>
internal sealed record Concatenate(int Dimension = 1) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.With(
            Dimension, inputs.Skip(1).Aggregate(inputs[0].Shape[Dimension], (sum, input) => sum + input.Shape[Dimension])) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Dim start = 0;
        foreach (var input in node.Inputs)
        {
            Dim length = input.Shape[Dimension];
            if (context.Wants(input))
                context.Accumulate(input, context.Add(new Narrow(start, length, Dimension), input, gradients[0]!));
            start += length;
        }
    }

    public override string Explicit(Spelling spelling) => $"Aten.cat([{spelling.All}], {Dimension})";

    public override string Autograd(Spelling spelling) => $"cat(new[] {{ {spelling.All} }}, {Dimension})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"{spelling.Onnx("Concat")}.With(\"axis\", {Spelling.Join(Dimension)})"];
}

/// <summary>A part of a dimension, as a view.</summary>
internal sealed record Narrow(Dim Start, Dim Length, int Dimension = 1) : BackwardOperation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override IEnumerable<string> Symbols => Scalar.Of(Start).Symbols.Concat(Scalar.Of(Length).Symbols);

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.With(Dimension, Length) }];

    public override string Explicit(Spelling spelling) =>
        $"Aten.narrow({spelling[0]}, {Dimension}, {Scalar.Of(Start).Code}, {Scalar.Of(Length).Code})";
}

/// <summary>The rows of a tensor as parts that follow each other, as views.</summary>
/// <param name="Rows">How many rows each part has.</param>
internal sealed record Split(EquatableArray<Dim> Rows) : Operation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override bool AutogradGivesAll => true;

    public override bool DifferentiatesAnyResult => true;

    public override IEnumerable<string> Symbols => Rows.SelectMany(rows => Scalar.Of(rows).Symbols);

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [.. Rows.Select(rows => inputs[0].Type with { Shape = inputs[0].Shape.With(0, rows) })];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        var parts = node.Outputs.Select((part, i) => gradients[i] ?? context.Add(new ZerosLike(), part, part)).ToArray();
        context.Accumulate(node.Inputs[0], context.Add(new Concatenate(0), node.Inputs[0], parts));
    }

    public override string Explicit(Spelling spelling) => Parts($"Aten.narrow({spelling[0]}, ");

    public override string Autograd(Spelling spelling) => Parts($"{spelling[0]}.narrow(");

    private string Parts(string call)
    {
        Dim start = 0;
        var parts = new List<string>();
        foreach (var rows in Rows)
        {
            parts.Add($"{call}0, {Scalar.Of(start).Code}, {Scalar.Of(rows).Code})");
            start += rows;
        }

        return $"({string.Join(", ", parts)})";
    }
}
