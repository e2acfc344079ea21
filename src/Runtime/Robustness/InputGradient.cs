using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The slope of a number that a network's output gives, by the network's input.</summary>
/// <remarks>It goes through autograd: the generated backward operations are those of training mode, and a network is attacked and
/// explained in evaluation mode.</remarks>
public static class InputGradient
{
    /// <summary>The gradient in evaluation mode. Parameters' gradients and every module's mode stay as they are.</summary>
    /// <param name="model">The network.</param>
    /// <param name="input">x, [N, ...] of real numbers.</param>
    /// <param name="number">From the output to a number without dimensions.</param>
    /// <returns>The shape of the input; the caller frees it.</returns>
    public static Tensor Of(nn.Module<Tensor, Tensor> model, Tensor input, Func<Tensor, Tensor> number)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(number);
        var before = new ModuleModes(model);
        model.eval();
        try
        {
            using var scope = NewDisposeScope();
            using var gradients = enable_grad();
            var at = input.detach().requires_grad_();
            return autograd.grad([number(model.forward(at))], [at])[0].MoveToOuterDisposeScope();
        }
        finally
        {
            before.Restore();
        }
    }
}
