using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Brings a parameter of the trainer's own back to a bound above.</summary>
/// <param name="Member">The parameter in generated code.</param>
internal sealed record KeepBelow(string Member, Scalar Most) : Operation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Autograd(Spelling spelling) => $"Aten.clamp_max_({Member}, {Most.Code})";
}

/// <summary>Brings the rows of a parameter of the trainer's own back to length 1.</summary>
/// <param name="Member">The parameter in generated code.</param>
internal sealed record KeepLength(string Member) : Operation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Autograd(Spelling spelling) => $"RandomDirections.Normalize({Member})";
}
