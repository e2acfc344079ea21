using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>The trained network applied to a batch, in training mode. Input: x.</summary>
/// <param name="Member">The network in generated code.</param>
/// <param name="Tape">What holds the values saved by this very call.</param>
/// <param name="Output">The network's output for a batch of this symbol.</param>
internal sealed record TrainNetwork(string Member, string Tape, TensorType Output) : Operation
{
    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [Output];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Computation.AddEffect(new TrainNetworkBackward(Member, Tape), gradients[0]!, node.Inputs[0]);

    public override string Explicit(Spelling spelling) => $"{Member}.Forward({spelling[0]}, {Tape})";

    public override string Autograd(Spelling spelling) => $"{Member}.forward({spelling[0]})";
}

/// <summary>
/// Adds to the gradients of the network's parameters. Inputs: the gradient of its output, and its input, which the tape may
/// hold and which must therefore live until now.
/// </summary>
internal sealed record TrainNetworkBackward(string Member, string Tape) : BackwardOperation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Explicit(Spelling spelling) => $"{Member}.Backward({Tape}, {spelling[0]})";
}

/// <summary>A network that receives no gradient applied to a batch, in the mode that it is in. Input: x.</summary>
internal sealed record FrozenNetwork(string Member, TensorType Output) : Operation
{
    // A teacher in training mode draws dropout masks and moves its running statistics.
    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [Output];

    // A teacher of the user's own may return any shape, and a wrong one could broadcast unnoticed: the call checks it.
    public override string Explicit(Spelling spelling) => $"FrozenNetwork.Forward({Member}, {spelling[0]}, {Output.Shape[1]})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);
}
