using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>g·v/‖v‖ for each row. Inputs: v [O, ...], g [O, 1, ...].</summary>
internal sealed record NormalizedWeight : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value directions = node.Inputs[0], lengths = node.Inputs[1];
        string[] names = [GradientContext.Name(directions), GradientContext.Name(lengths)];
        var results = context.Computation.AddMany(
            new NormalizedWeightBackward(), names, gradients[0]!, directions, lengths);
        context.Accumulate(directions, results[0]);
        context.Accumulate(lengths, results[1]);
    }

    public override string Autograd(Spelling spelling) => $"NormalizedWeights.Of({spelling[0]}, {spelling[1]})";

    public override long Flops(Node node) => 3 * node.Output.Shape.ElementsPerSample;
}

/// <summary>Gradients of v and g. Inputs: gradient, v, g.</summary>
internal sealed record NormalizedWeightBackward : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [inputs[1].Type, inputs[2].Type];

    public override string Explicit(Spelling spelling) =>
        $"NormalizedWeights.Gradients({spelling[0]}, {spelling[1]}, {spelling[2]})";
}
