using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The last dimension moved on by a number of places; what leaves at the end comes in at the start.</summary>
internal sealed record Roll(long Places) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new Roll(-Places), node.Inputs[0], gradients[0]!));

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.roll({Spelling.Join(Places)}, -1)";

    public override IReadOnlyList<string> Onnx(Spelling spelling)
    {
        long length = spelling.Node.Output.Shape[-1].Factor, shift = ((Places % length) + length) % length;
        if (shift == 0) return [spelling[0]];
        string[] parts = [Part(length - shift, length), Part(0, length - shift)];
        return [$"{Spelling.OnnxNode("Concat", parts)}.With(\"axis\", -1)"];

        string Part(long start, long end) => Spelling.OnnxNode(
            "Slice", spelling[0], Spelling.OnnxList(start), Spelling.OnnxList(end), Spelling.OnnxList(-1));
    }
}
