using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>average ← a·average + (1 − a)·parameters, on all that is trained.</summary>
/// <param name="Average">The network that holds the average.</param>
/// <param name="Source">The network that is averaged.</param>
/// <param name="Decay">The share a of the old average.</param>
/// <param name="When">When it is done, in C#; empty for always.</param>
internal sealed record AverageParameters(string Average, string Source, Scalar Decay, string When = "") : Operation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Autograd(Spelling spelling) =>
        Condition.Of(When) + $"Aten.lerp_({Average}.Arena.Trainable, {Source}.Arena.Trainable, {(1 - Decay).Code})";
}

/// <summary>Copies the running statistics of one network into another.</summary>
/// <param name="When">When it is done, in C#; empty for always.</param>
internal sealed record CopyBuffers(string Target, string Source, string When = "") : Operation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Explicit(Spelling spelling) => Condition.Of(When) + $"{Target}.CopyBuffersFrom({Source})";

    public override string Autograd(Spelling spelling) => Explicit(spelling);
}

/// <summary>When an effect takes place.</summary>
internal static class Condition
{
    public static string Of(string when) => when.Length == 0 ? "" : $"if ({when}) ";
}
