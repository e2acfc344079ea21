using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Moves each image by its own offset. Inputs: x [N, C, H, W], offsets [N, 2] in 0, ..., 2·pixels.</summary>
internal sealed record ImageShift(int Pixels) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string Explicit(Spelling spelling) => $"ImageShift.Apply({spelling[0]}, {spelling[1]}, {Pixels})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);
}
