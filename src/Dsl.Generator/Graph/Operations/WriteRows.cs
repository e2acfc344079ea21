using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Replaces rows of a state. Inputs: the state [S, ...], places [U], rows [U, ...].</summary>
internal sealed record WriteRows : Operation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Explicit(Spelling spelling) => $"SampleRows.Write({spelling.All})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);
}
