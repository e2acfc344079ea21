using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>
/// −wᵧ·x[n, yₙ] of each row, or their sum, or that divided by the total weight. Inputs: log-probabilities x [M, K], labels [M],
/// and where classes are weighted their weights [K]. Results: the loss and the total weight. A row without a label gives 0.
/// </summary>
internal sealed record NegativeLogLikelihood(Reduced Reduced = Reduced.Mean) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [Reduced == Reduced.None ? new(Shape.Of(inputs[0].Shape[0])) : new(Shape.Scalar), new(Shape.Scalar)];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0], label = node.Inputs[1], total = node.Outputs[1];
        Value[] weights = node.Inputs.Count > 2 ? [node.Inputs[2]] : [];
        context.Accumulate(
            x, context.Add(new NegativeLogLikelihoodBackward(Reduced), x, [gradients[0]!, x, label, total, .. weights]));
    }

    // -100 is the label that libtorch ignores by default.
    public override string Explicit(Spelling spelling) =>
        $"Aten.nll_loss_forward({spelling[0]}, {spelling[1]}, {spelling.OrNull(2)}, {(int)Reduced}, -100)";

    public override string Autograd(Spelling spelling) => (spelling.Count > 2, Reduced) switch
    {
        (false, Reduced.Mean) => $"nn.functional.nll_loss({spelling[0]}, {spelling[1]})",
        (true, Reduced.Mean) => $"nn.functional.nll_loss({spelling[0]}, {spelling[1]}, {spelling[2]})",
        _ => $"nn.functional.nll_loss({spelling[0]}, {spelling[1]}, {spelling.OrNull(2)}, nn.Reduction.{Reduced})",
    };

    public override long Flops(Node node) => 1;
}

/// <summary>The gradient of the negative log-likelihood. Inputs: gradient, log-probabilities, labels, total weight, and
/// classes' weights.</summary>
internal sealed record NegativeLogLikelihoodBackward(Reduced Reduced) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) =>
        $"Aten.nll_loss_backward({spelling[0]}, {spelling[1]}, {spelling[2]}, {spelling.OrNull(4)}, {(int)Reduced}, -100, "
        + $"{spelling[3]})";
}

/// <summary>
/// What log-softmax, the negative log-likelihood of labels and their derivatives come to, in one pass over the logits. Inputs:
/// logits [M, K], labels [M], and where classes are weighted their weights [K]. Results: the loss and its gradient [M, K].
/// </summary>
internal sealed record CrossEntropyAndGradient(Reduced Reduced) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(Shape.Scalar), inputs[0].Type];

    public override string Explicit(Spelling spelling) =>
        $"Aten.cross_entropy_and_gradient({spelling[0]}, {spelling[1]}, {spelling.OrNull(2)}, {(int)Reduced}, -100)";
}
