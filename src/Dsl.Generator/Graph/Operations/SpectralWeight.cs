using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>W/σ, σ = uᵀWv. Inputs: W [O, ...], u [O] and v, which a power iteration of training moves. Results: the weight,
/// and σ, u and v as they were for it.</summary>
/// <remarks>The explicit target spells training; the autograd one follows the module's mode.</remarks>
internal sealed record SpectralWeight : Operation
{
    // The vectors change.
    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type, new(Shape.Scalar), inputs[1].Type, inputs[2].Type];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value whole = node.Inputs[0];
        if (!context.Wants(whole)) return;
        context.Accumulate(whole, context.Add(
            new SpectralWeightBackward(), whole, gradients[0]!, node.Outputs[0], node.Outputs[1], node.Outputs[2],
            node.Outputs[3]));
    }

    public override string Explicit(Spelling spelling) => $"SpectralWeights.Of({spelling[0]}, {spelling[1]}, {spelling[2]})";

    public override string Autograd(Spelling spelling) =>
        $"SpectralWeights.Weigh({spelling[0]}, {spelling[1]}, {spelling[2]}, training)";

    public override long Flops(Node node) => 7 * node.Output.Shape.ElementsPerSample;
}

/// <summary>The gradient of W. Inputs: gradient, weight, σ, u, v.</summary>
internal sealed record SpectralWeightBackward : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [inputs[1].Type];

    public override string Explicit(Spelling spelling) =>
        $"SpectralWeights.Gradient({spelling[0]}, {spelling[1]}, {spelling[2]}, {spelling[3]}, {spelling[4]})";
}
