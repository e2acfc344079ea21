using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Brings every trained parameter of a network back into [−bound, bound].</summary>
/// <param name="Member">The network in generated code.</param>
internal sealed record ClampParameters(string Member, Scalar Bound) : Operation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Autograd(Spelling spelling) =>
        $"Aten.clamp_({Member}.Arena.Trainable, {(-Bound).Code}, {Bound.Code})";
}
