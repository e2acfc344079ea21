using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Rows of a state, constant. Inputs: the state [S, ...], places [U].</summary>
/// <param name="Row">The shape of a row.</param>
internal sealed record ReadRows(Shape Row) : Operation
{
    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [new(new Shape(new([inputs[1].Shape[0], .. Row.Dims])))];

    public override string Explicit(Spelling spelling) => $"{spelling[0]}.Read({spelling[1]})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);
}
