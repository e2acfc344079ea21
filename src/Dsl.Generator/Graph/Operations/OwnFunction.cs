using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The mean of what a loss of the user's own returns, called as it stands: autograd differentiates it. Inputs: its
/// arguments.</summary>
/// <param name="Method">The trainer's method.</param>
internal sealed record OwnFunction(string Method) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(Shape.Scalar)];

    public override string Autograd(Spelling spelling) => $"OwnLoss.Mean({Method}({spelling.All}), nameof({Method}))";
}
