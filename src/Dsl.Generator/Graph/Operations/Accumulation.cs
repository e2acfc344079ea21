using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>An operation that adds to a parameter's gradient.</summary>
internal interface IAccumulation
{
    /// <summary>The parameter's gradient in generated code.</summary>
    string Member { get; }

    /// <summary>The same operation with another name of the gradient.</summary>
    Operation For(string member);
}

/// <summary>parameter gradient += value. Input: the value.</summary>
/// <param name="Member">The parameter's gradient in generated code.</param>
internal sealed record Accumulate(string Member) : BackwardOperation, IAccumulation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public Operation For(string member) => this with { Member = member };

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Explicit(Spelling spelling) => $"Aten.add_({Member}, {spelling[0]})";
}

/// <summary>parameter gradient += a·b in one matrix product, without a temporary for the product. Inputs: a, or its transpose,
/// and b.</summary>
internal sealed record AccumulateProduct(string Member, bool IsTransposed) : BackwardOperation, IAccumulation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public Operation For(string member) => this with { Member = member };

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Explicit(Spelling spelling) =>
        $"Aten.addmm_{(IsTransposed ? "transposed_" : "")}({Member}, {spelling[0]}, {spelling[1]})";
}

/// <summary>parameter gradient += the sum over the first dimension, without a temporary for the sum. Input: x [M, ...].</summary>
internal sealed record AccumulateRows(string Member) : BackwardOperation, IAccumulation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public Operation For(string member) => this with { Member = member };

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Explicit(Spelling spelling) => $"Aten.add_rows_({Member}, {spelling[0]})";
}

/// <summary>Adds the gradients of rows of a table to that of the table, without one of the whole table for them. Inputs: gradient
/// [..., D], indices [...].</summary>
/// <param name="Padding">An index whose row gets none; −1 for no such.</param>
internal sealed record AccumulateEmbedding(string Member, long Padding) : BackwardOperation, IAccumulation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public Operation For(string member) => this with { Member = member };

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Explicit(Spelling spelling) =>
        $"Aten.add_embedding_({Member}, {spelling.All}, {Spelling.Join(Padding)})";
}

/// <summary>The gradient through an activation, whose sum over all rows is added to a bias's gradient on the way. Inputs: as
/// the activation's derivative.</summary>
/// <param name="Derivative">The derivative alone.</param>
internal sealed record DerivativeOfBiased(IBiasedDerivative Derivative, string Member) : BackwardOperation, IAccumulation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public Operation For(string member) => this with { Member = member };

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string Explicit(Spelling spelling) => Derivative.WithBias(spelling, "", Member);

    public override string? ExplicitInPlace(Spelling spelling) =>
        Derivative.HasOut ? Derivative.WithBias(spelling, "_", Member) : null;
}

/// <summary>A derivative of an activation that the runtime has together with the gradient of a bias before it.</summary>
internal interface IBiasedDerivative
{
    /// <summary>Whether the runtime has it.</summary>
    bool TakesBias { get; }

    /// <summary>Whether it can write over its gradient.</summary>
    bool HasOut { get; }

    /// <summary>The call.</summary>
    /// <param name="ending">An underscore where it writes over its gradient.</param>
    /// <param name="bias">The bias's gradient.</param>
    string WithBias(Spelling spelling, string ending, string bias);
}
