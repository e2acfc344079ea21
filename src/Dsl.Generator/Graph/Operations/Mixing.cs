using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Rows of data in another order. Inputs: data [N, ...], rows [N]. No gradient passes: nothing is learned in front of
/// it.</summary>
internal sealed record SelectRows : Operation
{
    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.index_select(0, {spelling[1]})";
}

/// <summary>a + w(b − a), exactly a at w = 0 and b at w = 1. Inputs: a, b of one shape, and w, which has no gradient.</summary>
internal sealed record Lerp : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value end = context.Add(new Multiply(), node.Inputs[1], gradients[0]!, node.Inputs[2]);
        if (context.Wants(node.Inputs[1])) context.Accumulate(node.Inputs[1], end);
        if (context.Wants(node.Inputs[0]))
            context.Accumulate(node.Inputs[0], context.Add(new Subtract(), node.Inputs[0], gradients[0]!, end));
    }

    public override string Autograd(Spelling spelling) => $"lerp({spelling.All})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
    [
        Spelling.OnnxNode("Add", spelling[0],
            Spelling.OnnxNode("Mul", spelling[2], Spelling.OnnxNode("Sub", spelling[1], spelling[0]))),
    ];

    public override string? ExplicitInPlace(Spelling spelling) => $"{spelling[0]}.lerp_({spelling[1]}, {spelling[2]})";

    public override long Flops(Node node) => 3 * node.Output.Shape.ElementsPerSample;
}

/// <summary>A place in a network at which a trainer can mix samples; without a mixture the same values. Input: x [N,
/// ...].</summary>
/// <param name="Point">The member of the model's <c>Mixing</c> that says how much.</param>
internal sealed record MixPoint(string Point) : Operation
{
    // Without a mixture it is the input.
    public override bool IsView => true;

    // Two places are two places, even at one value.
    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new MixPointBackward(Point), node.Inputs[0], gradients[0]!));

    public override string Explicit(Spelling spelling) => $"RowMixing.Apply({spelling[0]}, mixing?.Partners, mixing?.{Point})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling[0]];
}

/// <summary>The gradient of what is mixed, that of a row and of the row that it is the partner of. Input: the gradient of the
/// mixture.</summary>
internal sealed record MixPointBackward(string Point) : BackwardOperation
{
    public override bool IsView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string Explicit(Spelling spelling) =>
        $"RowMixing.Backward({spelling[0]}, tape.Mixing?.Partners, tape.Mixing?.{Point})";
}
