using System.Collections.Generic;

namespace Dsl.Generator.Graph.Operations;

/// <summary>A kernel [O, C/g, k, k] without what its mask hides. Inputs: the kernel, the mask of zeros and ones.</summary>
/// <param name="Mask">Which places are left.</param>
/// <param name="Colors">How many colours of a pixel are told one after another.</param>
internal sealed record MaskedKernel(PixelMask Mask, int Colors) : Operation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) => Same(inputs[0]);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value kernel = node.Inputs[0];
        if (context.Wants(kernel))
            context.Accumulate(kernel, context.Add(new Multiply(), kernel, gradients[0]!, node.Inputs[1]));
    }

    public override string Explicit(Spelling spelling) => $"Aten.mul({spelling[0]}, {spelling[1]})";

    public override string Autograd(Spelling spelling) => $"{spelling[0]} * {spelling[1]}";
}
