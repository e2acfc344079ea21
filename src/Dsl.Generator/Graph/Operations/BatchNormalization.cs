using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>
/// Batch normalisation per channel. Inputs: x [N, C, ...], weight, bias, running mean and running variance [C], number of
/// batches seen. Results: y, and the batch's mean and inverse standard deviation [C].
/// </summary>
/// <remarks>The explicit target spells training; the autograd one follows the module's mode. A synchronized one measures the
/// parts of a batch that all ranks have.</remarks>
internal sealed record BatchNormalization(double Momentum, double Epsilon, bool IsSynchronized) : Operation
{
    // The running statistics change.
    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var channel = new TensorType(Shape.Of(inputs[0].Shape[1]));
        return [inputs[0].Type, channel, channel];
    }

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0], weight = node.Inputs[1], bias = node.Inputs[2];
        string[] names = [GradientContext.Name(x), GradientContext.Name(weight), GradientContext.Name(bias)];
        var results = context.Computation.AddMany(
            new BatchNormalizationBackward(Epsilon, IsSynchronized), names, gradients[0]!, x, weight, node.Inputs[3],
            node.Inputs[4], node.Outputs[1], node.Outputs[2]);
        if (context.Wants(x)) context.Accumulate(x, results[0]);
        context.Accumulate(weight, results[1]);
        context.Accumulate(bias, results[2]);
    }

    public override string Explicit(Spelling spelling)
    {
        string inputs = $"{spelling[0]}, {spelling[1]}, {spelling[2]}, {spelling[3]}, {spelling[4]}";
        string numbers = $"{Scalar.Literal(Momentum)}, {Scalar.Literal(Epsilon)}";
        return IsSynchronized ? $"RankNormalization.Forward({inputs}, {numbers})"
            : $"Aten.native_batch_norm({inputs}, true, {numbers})";
    }

    public override string Autograd(Spelling spelling) =>
        (IsSynchronized ? "RankNormalization.Apply" : "Aten.batch_norm")
        + $"({spelling[0]}, {spelling[3]}, {spelling[4]}, {spelling[1]}, {spelling[2]}, training, "
        + $"{Scalar.Literal(Momentum)}, {Scalar.Literal(Epsilon)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling) =>
        [$"{spelling.Onnx("BatchNormalization", 5)}.With(\"epsilon\", {Spelling.Single(Epsilon)})"];

    public override long Flops(Node node) => 4 * node.Output.Shape.ElementsPerSample;
}

/// <summary>Gradients of x, weight and bias. Inputs: gradient, x, weight, running mean, running variance, mean, inverse
/// deviation.</summary>
internal sealed record BatchNormalizationBackward(double Epsilon, bool IsSynchronized) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[1].Type, inputs[2].Type, inputs[2].Type];

    public override string Explicit(Spelling spelling) => IsSynchronized
        ? $"RankNormalization.Backward({spelling[0]}, {spelling[1]}, {spelling[2]}, {spelling[5]}, {spelling[6]})"
        : $"Aten.native_batch_norm_backward({spelling[0]}, {spelling[1]}, {spelling[2]}, {spelling[3]}, {spelling[4]}, "
        + $"{spelling[5]}, {spelling[6]}, true, {Scalar.Literal(Epsilon)}, [true, true, true])";
}

/// <summary>Counts a training batch: number of batches += 1. Inputs: the counter, and what is normalised, which must be several
/// values.</summary>
internal sealed record CountBatch : Operation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Explicit(Spelling spelling) => $"BatchStatistics.Count({spelling[0]}, {spelling[1]})";

    public override string Autograd(Spelling spelling) => $"if (training) BatchStatistics.Count({spelling[0]}, {spelling[1]})";
}
