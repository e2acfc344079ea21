using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Zeros behind the end of each sequence. Inputs: x with the batch in front, lengths [N].</summary>
/// <param name="Dimension">The dimension that counts places.</param>
internal sealed record ClearBehindEnds(int Dimension) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(this, node.Inputs[0], gradients[0]!, node.Inputs[1]));

    public override string Autograd(Spelling spelling) => $"SequenceEnds.Clear({spelling.All}, {Spelling.Join(Dimension)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
    [
        $"onnx.ClearBehindEnds({spelling.All}, {Spelling.Join(Dimension)}, "
        + $"{Spelling.List([.. spelling.Node.Output.Shape.Dims.Select(dim => dim.IsKnown ? dim.Factor : -1)])}"
        + (spelling.Node.Output.Type.Element == ElementType.Int64 ? ", onnx.Index(0))" : ")"),
    ];
}

/// <summary>What is added to the scores of keys: 0 for a sequence's own places, −∞ behind its end, [N·H, 1, S]. Inputs:
/// lengths [N], keys [N·H, S, D].</summary>
/// <param name="Heads">H.</param>
internal sealed record KeyPadding(long Heads) : Operation
{
    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [new(Shape.Of(inputs[1].Shape[0], 1, inputs[1].Shape[1]))];

    public override string Autograd(Spelling spelling) => $"SequenceEnds.KeyPadding({spelling.All}, {Spelling.Join(Heads)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"onnx.KeyPadding({spelling[0]}, {Spelling.Join(spelling.Node.Inputs[1].Shape[1].Factor, Heads)})"];
}

/// <summary>The own places of each sequence in the opposite order; what lies behind its end stays. Inputs: x [T, N, D], lengths
/// [N].</summary>
internal sealed record ReverseToEnds : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    // The same twice is nothing.
    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(this, node.Inputs[0], gradients[0]!, node.Inputs[1]));

    public override string Autograd(Spelling spelling) => $"SequenceEnds.Reverse({spelling.All})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"{spelling.Onnx("ReverseSequence")}.With(\"time_axis\", 0).With(\"batch_axis\", 1)"];
}

/// <summary>Each sequence's own last place, [N, D]. Inputs: x, lengths [N].</summary>
/// <param name="Dimension">The dimension that counts places: 1 of [N, T, D], 0 of [T, N, D].</param>
internal sealed record LastOfEach(int Dimension) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.Without(Dimension) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0];
        context.Accumulate(
            x, context.Add(new LastOfEachBackward(Dimension, x.Shape[Dimension].Factor), x, gradients[0]!, node.Inputs[1]));
    }

    public override string Autograd(Spelling spelling) => $"SequenceEnds.Last({spelling.All}, {Spelling.Join(Dimension)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"onnx.LastOfEach({spelling.All}, {Spelling.Join(Dimension)})"];
}

/// <summary>A gradient at each sequence's own last place, zeros elsewhere. Inputs: gradient [N, D], lengths [N].</summary>
internal sealed record LastOfEachBackward(int Dimension, long Places) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Shape x = inputs[0].Shape;
        return [new(Dimension == 0 ? Shape.Of(Places, x[0], x[1]) : Shape.Of(x[0], Places, x[1]))];
    }

    public override string Explicit(Spelling spelling) =>
        $"SequenceEnds.LastGradient({spelling.All}, {Spelling.Join(Places, Dimension)})";
}

/// <summary>One over each length, [N, 1]. Inputs: lengths [N], and a tensor that gives the number type.</summary>
internal sealed record InverseLengths : Operation
{
    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(Shape.Of(inputs[0].Shape[0], 1))];

    public override string Autograd(Spelling spelling) => $"SequenceEnds.InverseLengths({spelling.All})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [$"onnx.InverseLengths({spelling[0]})"];
}

/// <summary>Labels of which those behind a sequence's end are none. Inputs: labels [N, T], lengths [N].</summary>
internal sealed record LabelsWithinEnds : LabelOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string Explicit(Spelling spelling) => $"SequenceEnds.Labels({spelling.All})";
}

/// <summary>The own places of all sequences, one sequence behind the other. Inputs: x [N, T, ...], lengths [N].</summary>
internal sealed record PackPlaces : Operation
{
    /// <summary>How many places there are: known when it runs.</summary>
    public const string Symbol = "P";

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.Without(1).With(0, Dim.Batch(Symbol)) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0];
        context.Accumulate(
            x, context.Add(new PackPlacesBackward(x.Shape[1].Factor, x.Shape), x, gradients[0]!, node.Inputs[1]));
    }

    public override string Autograd(Spelling spelling) => $"SequenceEnds.Pack({spelling.All})";
}

/// <summary>Gradients of packed places where they came from, zeros behind the ends. Inputs: gradient [P, ...], lengths
/// [N].</summary>
internal sealed record PackPlacesBackward(long Places, Shape Shape) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(Shape)];

    public override string Explicit(Spelling spelling) => $"SequenceEnds.PackGradient({spelling.All}, {Spelling.Join(Places)})";
}
