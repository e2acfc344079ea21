using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The generalised overlap of each box with the one at the same place, [...]. Inputs: edges [..., 4] of both.</summary>
internal sealed record PairedOverlap : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.Without(inputs[0].Shape.Rank - 1) }];

    // It is the same for a pair the other way round.
    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        for (int own = 0; own < 2; own++)
        {
            if (!context.Wants(node.Inputs[own])) continue;
            context.Accumulate(node.Inputs[own], context.Add(
                new PairedOverlapBackward(), node.Inputs[own], gradients[0]!, node.Inputs[own], node.Inputs[1 - own]));
        }
    }

    public override string Autograd(Spelling spelling) => $"Boxes.GeneralizedOverlapsOfPairs({spelling.All})";

    public override long Flops(Node node) => 30L * node.Output.Shape.ElementsPerSample;
}

/// <summary>The gradient of one box of each pair. Inputs: gradient, that box, the other.</summary>
internal sealed record PairedOverlapBackward : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) => $"Boxes.GeneralizedOverlapGradient({spelling.All})";
}
