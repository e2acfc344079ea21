using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>A number that a state makes of all trained parameters of a network.</summary>
/// <param name="Member">The network in generated code.</param>
/// <param name="State">The state: <c>Penalty()</c>, <c>AddGradient(gradient)</c> and <c>Of(parameters)</c>.</param>
internal sealed record ParameterPenalty(string Member, string State) : Operation, ILearningOperation
{
    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(Shape.Scalar)];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        if (context.Learns(Member)) context.Computation.AddEffect(new ParameterPenaltyBackward(State), gradients[0]!);
    }

    public override string Explicit(Spelling spelling) => $"{State}.Penalty()";

    public override string Autograd(Spelling spelling) => $"{State}.Of({Member}.Arena.AsValue())";
}

/// <summary>Adds the gradient of such a number to those of the parameters. Input: the gradient of the number.</summary>
internal sealed record ParameterPenaltyBackward(string State) : BackwardOperation
{
    public override bool HasEffect => true;

    public override bool IsPure => false;

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [];

    public override string Explicit(Spelling spelling) => $"{State}.AddGradient({spelling[0]})";
}
