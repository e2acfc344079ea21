using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class RelativePosition : PatchTask<RelativePositionAttribute<object>>
{
    private const int Neighbors = 8;

    protected override long Answers(RelativePositionAttribute<object> attribute) => Neighbors;

    protected override int Parts(RelativePositionAttribute<object> attribute) => 2;

    protected override void Lower(
        RelativePositionAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player head = Head(step, declared);
        Value images = Images(step, attribute.Grid, attribute.Jitter);
        Dim rows = images.Shape[0];
        int inner = attribute.Grid - 2;
        Value center = step.Draw(new DrawnIntegers(
            "Center", rows, 0, inner * inner, "Which of the cells that are not at the border the first patch is of, [N]"));
        Value neighbor = step.Draw(new DrawnIntegers(
            "Neighbor", rows, 0, Neighbors, "Which of the cells around it the second patch is of, row by row, [N]"));
        Value cells = c.Add(new RuntimeFunction(
            "ImagePatches.WithNeighbor", new([Spelling.Join(attribute.Grid)]),
            new TensorType(Shape.Of(rows, 2), ElementType.Int64)), "cells", center, neighbor);
        Value features = Features(step, images, cells, attribute.Grid, attribute.Jitter);
        AddTerm(step, "Position", step.Call(head, features, "positionLogits"), neighbor, "mean −log softmax(h(z, z_k))[k]",
        [
            new("z", "the network's output for a patch of an image", null, null),
            new("z_k", "that for the patch at place k around it", null, null),
            new("h", "the head", null, null),
            new("k", "one of the eight places, row by row", null, null),
        ]);
    }
}
