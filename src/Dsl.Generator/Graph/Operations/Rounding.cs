using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Numbers rounded to 16 bits, bfloat16, as factors of a product.</summary>
internal sealed record RoundToBFloat16 : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Element = ElementType.BFloat16 }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new WidenBFloat16(), node.Inputs[0], gradients[0]!));

    public override string Autograd(Spelling spelling) => $"Aten.to_bfloat16({spelling[0]})";

    // An exported file computes with 32 bits.
    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling[0]];
}

/// <summary>Numbers of 16 bits as such of 32, plus a bias of 32 bits where there is one. Inputs: x [..., C], or [N, C, ...], and,
/// optionally, bias [C].</summary>
/// <param name="Channels">The dimension of the bias.</param>
internal sealed record WidenBFloat16(int Channels = -1) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Element = ElementType.Float }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value gradient = gradients[0]!;
        context.Accumulate(node.Inputs[0], context.Add(new RoundToBFloat16(), node.Inputs[0], gradient));
        if (node.Inputs.Count == 1 || !context.Wants(node.Inputs[1])) return;
        Value sum = Channels == -1
            ? context.Add(new Sum(0), node.Inputs[1], Linear.Rows(context, gradient))
            : context.Add(new SumOver(OtherDimensions(gradient.Shape.Rank)), node.Inputs[1], gradient);
        context.Accumulate(node.Inputs[1], sum);
    }

    public override string Autograd(Spelling spelling) => spelling.Count == 1 ? $"Aten.to_float32({spelling[0]})"
        : $"Aten.to_float32({spelling[0]}, {spelling[1]}, {Spelling.Join(Channels)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling)
    {
        if (spelling.Count == 1) return [spelling[0]];
        int behind = Channels == -1 ? 0 : spelling.Node.Output.Shape.Rank - Channels - 1;
        string bias = behind == 0 ? spelling[1] : Spelling.OnnxNode("Unsqueeze", spelling[1],
            Spelling.OnnxList([.. Enumerable.Range(1, behind).Select(dimension => (long)dimension)]));
        return [Spelling.OnnxNode("Add", spelling[0], bias)];
    }

    public override long Flops(Node node) => node.Inputs.Count == 1 ? 0 : node.Output.Shape.ElementsPerSample;

    private EquatableArray<int> OtherDimensions(int rank) =>
        new(Enumerable.Range(0, rank).Where(dimension => dimension != Channels));
}
