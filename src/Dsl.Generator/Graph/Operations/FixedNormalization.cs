using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>
/// A batch normalisation that is frozen: by its running statistics, which stay as they are, in both modes. Inputs: x [N, C, ...],
/// weight, bias, running mean and running variance [C].
/// </summary>
internal sealed record FixedNormalization(double Epsilon) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    // Weight and bias are frozen with the statistics.
    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0];
        if (context.Wants(x))
            context.Accumulate(x, context.Add(
                new FixedNormalizationBackward(Epsilon), x, gradients[0]!, x, node.Inputs[1], node.Inputs[3], node.Inputs[4]));
    }

    public override string Autograd(Spelling spelling) =>
        $"Aten.batch_norm({spelling[0]}, {spelling[3]}, {spelling[4]}, {spelling[1]}, {spelling[2]}, false, 0, "
        + $"{Scalar.Literal(Epsilon)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"{spelling.Onnx("BatchNormalization", 5)}.With(\"epsilon\", {Spelling.Single(Epsilon)})"];

    public override long Flops(Node node) => 2 * node.Output.Shape.ElementsPerSample;
}

/// <summary>The gradient of x. Inputs: gradient, x, weight, running mean, running variance.</summary>
internal sealed record FixedNormalizationBackward(double Epsilon) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) =>
        $"Aten.native_batch_norm_backward({spelling[0]}, {spelling[1]}, {spelling[2]}, {spelling[3]}, {spelling[4]}, "
        + $"null, null, false, {Scalar.Literal(Epsilon)}, [true, false, false])";

    public override string Results(IReadOnlyList<string> targets) => $"({targets[0]}, {Discard}, {Discard})";
}
