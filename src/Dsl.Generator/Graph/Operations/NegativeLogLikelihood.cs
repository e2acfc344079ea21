using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>−(1/N) Σₙ log p[n, yₙ]. Inputs: log-probabilities [N, K], labels [N]. Results: the loss and the total weight.</summary>
internal sealed record NegativeLogLikelihood : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(Shape.Scalar), new(Shape.Scalar)];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(
            new NegativeLogLikelihoodBackward(), node.Inputs[0], gradients[0]!, node.Inputs[0], node.Inputs[1], node.Outputs[1]));

    // 1 is libtorch's code for the mean, -100 the label that it ignores by default.
    public override string Explicit(Spelling spelling) => $"Aten.nll_loss_forward({spelling[0]}, {spelling[1]}, null, 1, -100)";

    public override string Autograd(Spelling spelling) => $"nn.functional.nll_loss({spelling[0]}, {spelling[1]})";

    public override long Flops(Node node) => 1;
}

/// <summary>The gradient of the negative log-likelihood. Inputs: gradient, log-probabilities, labels, total weight.</summary>
internal sealed record NegativeLogLikelihoodBackward : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) =>
        $"Aten.nll_loss_backward({spelling[0]}, {spelling[1]}, {spelling[2]}, null, 1, -100, {spelling[3]})";
}
