using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A network that is asked but not trained: a teacher.</summary>
public static class FrozenNetwork
{
    /// <summary>The logits of a module, computed without a gradient, in the mode that the module is in.</summary>
    /// <param name="module">The teacher.</param>
    /// <param name="input">A batch [N, ...].</param>
    /// <param name="classes">The number K of logits that the trained network has.</param>
    /// <returns>Logits [N, K]; the caller frees them.</returns>
    /// <exception cref="InvalidOperationException">The module returns another shape: a [N, 1] would broadcast unnoticed.</exception>
    public static Tensor Forward(nn.Module<Tensor, Tensor> module, Tensor input, long classes)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var logits = module.forward(input);
        if (logits.dim() != 2 || logits.size(1) != classes || logits.size(0) != input.size(0))
        {
            throw new InvalidOperationException(
                $"The teacher '{module.GetName()}' returned [{string.Join(", ", logits.shape)}] for a batch of {input.size(0)}, but the "
                + $"trained network has {classes} classes: give a teacher that returns [{input.size(0)}, {classes}].");
        }

        return logits.MoveToOuterDisposeScope();
    }
}
