using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>A loss of aten's between two tensors of one shape, with its mean or sum, or element by element. Inputs: predictions
/// x, targets t, to which no gradient flows.</summary>
/// <param name="Function">Its name; the gradient's is the same with <c>_backward</c>.</param>
/// <param name="Setting">The number that it takes; null when it takes none.</param>
internal abstract record ElementwiseLoss(string Function, Scalar? Setting, Reduced Reduced) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [Reduced == Reduced.None ? new(inputs[0].Shape) : new(Shape.Scalar)];

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        context.Accumulate(node.Inputs[0], context.Add(
            new ElementwiseLossBackward(Gradient, Setting, Reduced), node.Inputs[0], gradients[0]!,
            node.Inputs[0], node.Inputs[1]));

    /// <summary>The gradient's function.</summary>
    public string Gradient => Function + "_backward";

    public override long Flops(Node node) => 3 * node.Inputs[0].Shape.ElementsPerSample;
}

/// <summary>(x − t)².</summary>
internal sealed record SquaredError(Reduced Reduced) : ElementwiseLoss("mse_loss", null, Reduced)
{
    public override string Autograd(Spelling spelling) => $"nn.functional.mse_loss({spelling.All}, nn.Reduction.{Reduced})";
}

/// <summary>(x − t)²/2 up to a distance of δ, δ·(|x − t| − δ/2) beyond.</summary>
internal sealed record HuberError(Scalar Delta, Reduced Reduced) : ElementwiseLoss("huber_loss", Delta, Reduced)
{
    // The other one's β-fold, and TorchSharp has had that one for longer.
    public override string Autograd(Spelling spelling) =>
        $"Aten.mul(nn.functional.smooth_l1_loss({spelling.All}, nn.Reduction.{Reduced}, {Delta.Code}), {Delta.Code})";
}

/// <summary>(x − t)²/(2β) up to a distance of β, |x − t| − β/2 beyond.</summary>
internal sealed record SmoothAbsoluteError(Scalar Beta, Reduced Reduced) : ElementwiseLoss("smooth_l1_loss", Beta, Reduced)
{
    public override string Autograd(Spelling spelling) =>
        $"nn.functional.smooth_l1_loss({spelling.All}, nn.Reduction.{Reduced}, {Beta.Code})";
}

/// <summary>The gradient of a loss between two tensors. Inputs: gradient, predictions, targets.</summary>
internal sealed record ElementwiseLossBackward(string Function, Scalar? Setting, Reduced Reduced) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[1]);

    public override string Explicit(Spelling spelling) =>
        $"Aten.{Function}({spelling.All}, {(int)Reduced}{(Setting is null ? "" : $", {Setting.Code}")})";
}

/// <summary>t·(log t − x), element by element, 0 where t is. Inputs: log-probabilities x, probabilities t, to which no
/// gradient flows.</summary>
internal sealed record Divergence : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0];
        Value weighted = context.Add(new Multiply(), x, gradients[0]!, node.Inputs[1]);
        context.Accumulate(x, context.Add(new Scale(-1), x, weighted));
    }

    public override string Autograd(Spelling spelling) => $"nn.functional.kl_div({spelling.All}, false, nn.Reduction.None)";

    public override long Flops(Node node) => 4 * node.Output.Shape.ElementsPerSample;
}

/// <summary>
/// What log-softmax, a divergence, its sum over classes and their derivatives come to, in one pass over the logits. Inputs:
/// logits [M, K], probabilities [M, K]. Results: the divergence of each row [M] and the gradient of each row's own [M, K].
/// </summary>
internal sealed record DivergenceAndGradient : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [new(Shape.Of(inputs[0].Shape[0])), inputs[0].Type];

    public override string Explicit(Spelling spelling) => $"Aten.divergence_and_gradient({spelling.All})";
}

/// <summary>The mean or sum of a loss between two tensors, and its gradient in the same pass. Inputs: predictions x, targets t.
/// Results: the loss and its gradient.</summary>
/// <param name="Function">The loss's name; this one's is the same with <c>_and_gradient</c>.</param>
/// <param name="Setting">The number that it takes; null when it takes none.</param>
internal sealed record ElementwiseLossAndGradient(string Function, Scalar? Setting, Reduced Reduced) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => [new(Shape.Scalar), inputs[0].Type];

    public override string Explicit(Spelling spelling) =>
        $"Aten.{Function}_and_gradient({spelling.All}, {(int)Reduced}{(Setting is null ? "" : $", {Setting.Code}")})";
}
