using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>A value by which another is going to be differentiated: the same numbers, behind which no gradient goes on. Input:
/// x.</summary>
internal sealed record Watched : Operation
{
    public override bool IsView => true;

    public override bool IsKnownView => true;

    public override bool CarriesGradient => false;

    // Two watched values are two, even of one value.
    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string Explicit(Spelling spelling) => $"Aten.alias({spelling[0]})";

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.detach().requires_grad_()";
}

/// <summary>The gradient of a number by a watched value, as a value. Only the autograd target has it: the other one expands it.
/// Inputs: the number, the watched value.</summary>
/// <param name="Again">Whether the gradient is differentiated itself.</param>
internal sealed record GradientBy(bool Again) : Operation
{
    public override bool CarriesGradient => Again;

    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Autograd(Spelling spelling)
    {
        string again = Spelling.Bool(Again), values = $"[{spelling[0]}], [{spelling[1]}]";
        return $"autograd.grad({values}, retain_graph: {again}, create_graph: {again})[0]";
    }
}
