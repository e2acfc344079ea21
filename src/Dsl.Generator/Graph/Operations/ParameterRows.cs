using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>Some of a parameter's rows, as a view. Input: the parameter.</summary>
/// <param name="Member">What the part is called beside the parameters, where its gradient lies.</param>
internal sealed record ParameterRows(string Member, long Start, long Length) : Operation
{
    public override bool IsView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.With(0, Length) }];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        // The gradient is added to the part of the arena that belongs to these rows, as a parameter's own is.
    }

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.narrow(0, {Spelling.Join(Start, Length)})";
}
