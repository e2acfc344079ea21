using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Features of boxes by RoI align, [N·R, C, size, size]. Inputs: features [N, C, h, w], boxes [N, R, 4], to which no
/// gradient flows.</summary>
/// <param name="Size">Cells of a side.</param>
/// <param name="Points">Points of a side of a cell.</param>
internal sealed record RegionFeatures(int Size, int Points) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        Shape features = inputs[0].Shape, boxes = inputs[1].Shape;
        return [inputs[0].Type with { Shape = Shape.Of(boxes[0] * boxes[1], features[1], Size, Size) }];
    }

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        if (!context.Wants(node.Inputs[0])) return;
        context.Accumulate(node.Inputs[0], context.Add(
            new RegionFeaturesBackward(Size, Points), node.Inputs[0], gradients[0]!, node.Inputs[0], node.Inputs[1]));
    }

    public override string Autograd(Spelling spelling) => $"RoiAlign.Of({spelling.All}, {Size}, {Points})";

    public override long Flops(Node node) => 8L * Points * Points * node.Output.Shape.ElementsPerSample;
}

/// <summary>The gradient of the features that boxes were cut from. Inputs: gradient, features, boxes.</summary>
internal sealed record RegionFeaturesBackward(int Size, int Points) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) => $"RoiAlign.Gradient({spelling.All}, {Size}, {Points})";
}
