using System.Collections.Generic;
using Dsl.Generator.Passes;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The last dimension moved on by a number of places; what leaves at the end comes in at the start.</summary>
internal sealed record Roll(long Places) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(new Roll(-Places), node.Inputs[0], gradients[0]!));

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.roll({Spelling.Join(Places)}, -1)";
}
