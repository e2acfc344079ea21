using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>parameter gradient += value. Input: the value.</summary>
/// <param name="Member">The parameter's gradient in generated code.</param>
internal sealed record Accumulate(string Member) : BackwardOperation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Explicit(Spelling spelling) => $"Aten.add_({Member}, {spelling[0]})";
}

/// <summary>parameter gradient += a·b in one matrix product, without a temporary for the product. Inputs: a, b.</summary>
internal sealed record AccumulateProduct(string Member) : BackwardOperation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Explicit(Spelling spelling) => $"Aten.addmm_({Member}, {spelling[0]}, {spelling[1]})";
}
