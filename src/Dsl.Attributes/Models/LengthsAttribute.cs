using System;

namespace Dsl;

/// <summary>
/// How many places of each sequence of a batch are its own, as an input [N] int64: each in 1, ..., T. The places of an input
/// [N, T, ...] are its dimension 1; what stands behind a sequence's end is padding, and changes nothing.
/// </summary>
/// <remarks>
/// Layers find the lengths by themselves. Attention gives keys behind the end no weight, a recurrence's backward direction begins
/// at each sequence's own end, <c>States.Last</c> and <c>Place(-1)</c> are those of its own last place, <c>GlobalAvgPool1d</c>
/// takes the mean of its own places, and labels behind the end count nothing. A layer that would let padding in is an error
/// (DSL361). Whatever numbers the padding holds, they are zeros (index 0) when the sequence comes in; what an output holds behind
/// the end says nothing.
/// </remarks>
/// <example><code>
/// [Model(40, Elements = Elements.Index), Lengths]
/// [Embedding(5000, 64), Lstm(64, Bidirectional = true, States = States.Last), Linear(2)]
/// public partial class Reviews;                       // forward(input [N, 40], lengths [N])
/// </code></example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LengthsAttribute : FurtherInputAttribute
{
    /// <summary>Declares an input [N].</summary>
    /// <param name="name">A C# identifier: the argument of <c>forward</c>, and the name of the lengths in the data.</param>
    public LengthsAttribute(string name = "lengths") : base(name)
    {
    }

    /// <summary>The input whose sequences are counted; null for the first. An <c>[Input]</c> of that name stands
    /// before.</summary>
    public string? Of { get; set; }
}
