using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>A pass of a network whose results a gradient goes on from.</summary>
internal interface INetworkCall
{
    /// <summary>The network in generated code.</summary>
    string Member { get; }
}

/// <summary>What a network's own parameters go into without being its inputs: its derivative adds to their gradients
/// itself.</summary>
internal interface ILearningOperation
{
    /// <summary>The network in generated code.</summary>
    string Member { get; }
}

/// <summary>The trained parameters of a network as one value, [P]: what a descent by autograd adds to.</summary>
/// <param name="Member">The network in generated code.</param>
/// <param name="Length">How many numbers.</param>
internal sealed record ParameterValues(string Member, long Length) : Operation
{
    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(Shape.Of(Length))];

    public override string Autograd(Spelling spelling) => $"{Member}.Arena.AsValue()";
}

/// <summary>A network at other parameters than its own, applied to a batch. Only the autograd target has it. Inputs: the
/// parameters [P], x.</summary>
/// <param name="Member">The network in generated code.</param>
/// <param name="Output">What it returns for this batch.</param>
internal sealed record CallAt(string Member, TensorType Output) : Operation, INetworkCall
{
    /// <summary>The method of the trainer that computes it.</summary>
    public string Method => "At" + char.ToUpperInvariant(Member[1]) + Member.Substring(2);

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [Output];

    public override string Autograd(Spelling spelling) => $"{Method}({spelling.All})";
}

/// <summary>What belongs to the row at hand of a batch whose rows a descent takes one by one. Input: [T, ...].</summary>
internal sealed record RowAtHand : Operation
{
    /// <summary>The local variable that counts the rows.</summary>
    public const string Counter = "row";

    public override bool IsView => true;

    public override bool CarriesGradient => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [inputs[0].Type with { Shape = inputs[0].Shape.Without(0) }];

    public override string Autograd(Spelling spelling) => $"{spelling[0]}.select(0, {Counter})";
}
