using System;
using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>A value from outside the computation, under the name that generated code knows it by.</summary>
internal abstract record Leaf(string Member, TensorType Type) : Operation
{
    public override bool IsLeaf => true;

    /// <summary>Whether nothing that a step does writes to it.</summary>
    public virtual bool IsFixed => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [Type];

    public override string Explicit(Spelling spelling) => Member;

    public override string Autograd(Spelling spelling) => Member;
}

/// <summary>An argument of the generated method or a role of the batch.</summary>
internal sealed record Input(string Member, TensorType Type) : Leaf(Member, Type)
{
    /// <summary>What the member of a field of the batch begins with.</summary>
    public const string Batch = "batch.";

    /// <summary>The total's own gradient, which is 1.</summary>
    public const string One = "_one";

    public override bool IsFixed => Member == One || Member.StartsWith(Batch, StringComparison.Ordinal);
}

/// <summary>A learned parameter of the network.</summary>
internal sealed record Parameter(string Member, TensorType Type) : Leaf(Member, Type);

/// <summary>State of the network that no gradient reaches, such as running statistics.</summary>
internal sealed record Buffer(string Member, TensorType Type) : Leaf(Member, Type);

/// <summary>A tensor that the network computes from its shape alone, such as a mask.</summary>
internal sealed record Table(string Member, TensorType Type) : Leaf(Member, Type);

/// <summary>Random numbers of a step, a member of the trainer's <c>Draws</c>.</summary>
internal sealed record Draw(string Member, TensorType Type) : Leaf(Member, Type)
{
    public override bool IsFixed => true;
}
