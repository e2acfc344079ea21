using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Replaces rows of a state when the update is made. Inputs: the state [S, ...], places [U], rows [U, ...].</summary>
internal sealed record WriteRows : Operation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Explicit(Spelling spelling) => $"{spelling[0]}.Offer({spelling[1]}, {spelling[2]})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);
}
