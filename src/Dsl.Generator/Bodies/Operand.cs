using System.Collections.Generic;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Bodies;

/// <summary>What an expression of a <c>Forward</c> is at compile time.</summary>
internal abstract record Operand
{
    public sealed record Tensor(Value Value) : Operand;

    /// <summary>A number or a truth value, in the type that C# gives it.</summary>
    public sealed record Number(object Value) : Operand;

    /// <summary>A size that depends on the batch.</summary>
    public sealed record Size(Dim Dim) : Operand;

    /// <summary>A comparison of a tensor with another or with a number, element by element.</summary>
    /// <param name="Comparison">Its name among libtorch's: gt, le.</param>
    public sealed record Mask(string Comparison, Value Left, Operand Right) : Operand;

    public sealed record List(IReadOnlyList<Operand> Items) : Operand;

    public sealed record Tuple(IReadOnlyList<Operand> Items) : Operand;

    /// <summary>An argument that was left out.</summary>
    public sealed record Nothing : Operand;
}
