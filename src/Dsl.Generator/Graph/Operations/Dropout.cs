using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Inverted dropout. Input: x. Results: y, and the mask, 0 with the given probability and 1/(1 − p) else.</summary>
/// <remarks>The explicit target spells training; the autograd one follows the module's mode.</remarks>
internal sealed record Dropout(double Probability) : Operation
{
    public override bool IsPure => false;

    public override bool ReadsDropoutStream => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [inputs[0].Type, inputs[0].Type];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new Multiply(), node.Inputs[0], gradients[0]!, node.Outputs[1]));

    public override string Explicit(Spelling spelling) =>
        $"InvertedDropout.Sample({spelling[0]}, {Scalar.Literal(Probability)}, DropoutStream)";

    public override string Autograd(Spelling spelling) =>
        $"InvertedDropout.Apply({spelling[0]}, {Scalar.Literal(Probability)}, training, DropoutStream)";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling[0]];

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}

/// <summary>
/// Inverted dropout of whole parts: channels or samples. Input: x. Results: y, and the mask, 0 with the given probability and
/// 1/(1 − p) else, of size 1 in the other dimensions.
/// </summary>
/// <param name="Leading">How many of the first dimensions count the parts: 1 for samples, 2 for channels.</param>
/// <remarks>The explicit target spells training; the autograd one follows the module's mode.</remarks>
internal sealed record DropoutOfParts(double Probability, int Leading) : Operation
{
    public override bool IsPure => false;

    public override bool ReadsDropoutStream => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type, new(inputs[0].Shape.Map((dim, i) => i < Leading ? dim : 1))];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new Multiply(), node.Inputs[0], gradients[0]!, node.Outputs[1]));

    public override string Explicit(Spelling spelling) =>
        $"InvertedDropout.SampleParts({spelling[0]}, {Scalar.Literal(Probability)}, {Spelling.Join(Leading)}, DropoutStream)";

    public override string Autograd(Spelling spelling) =>
        $"InvertedDropout.ApplyToParts({spelling[0]}, {Scalar.Literal(Probability)}, {Spelling.Join(Leading)}, training, "
        + $"DropoutStream)";

    public override IReadOnlyList<string> Onnx(Spelling spelling) => [spelling[0]];

    public override long Flops(Node node) => node.Output.Shape.ElementsPerSample;
}
