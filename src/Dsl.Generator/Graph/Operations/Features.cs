using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>What objectives add to the gradient of a tagged value. Input: the gradient from further down, or the value where
/// none comes.</summary>
/// <param name="Argument">The argument of the backward pass that carries it; null when no objective reads the value.</param>
/// <param name="IsAlone">Whether no gradient comes from further down.</param>
internal sealed record FeatureGradient(string Argument, bool IsAlone) : BackwardOperation
{
    // Without a gradient from an objective it is the one from further down.
    public override bool IsView => !IsAlone;

    public override bool IsKnownView => true;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string Explicit(Spelling spelling) => IsAlone
        ? $"{Argument} is null ? Aten.zeros_like({spelling[0]}) : Aten.alias({Argument})"
        : $"{Argument} is null ? Aten.alias({spelling[0]}) : Aten.add({spelling[0]}, {Argument})";
}

/// <summary>Zeros of the input's shape.</summary>
internal sealed record ZerosLike : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override string Explicit(Spelling spelling) => $"Aten.zeros_like({spelling[0]})";

    public override string Autograd(Spelling spelling) => $"zeros_like({spelling[0]})";
}
