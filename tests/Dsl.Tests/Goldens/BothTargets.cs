using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>The two targets of a model against each other.</summary>
internal static class BothTargets
{
    /// <summary>Asserts that output, input gradient and parameter gradients of both targets are one; for a model in
    /// float64.</summary>
    public static void Agree<TModel, TTape>(TModel model, TTape tape, Tensor input, Action? restart = null)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>
        where TTape : class, IDisposable, new()
    {
        using var scope = NewDisposeScope();
        restart?.Invoke();
        var output = model.Forward(input, tape);
        var outputGradient = output.cos();
        var inputGradient = model.Backward(tape, outputGradient, inputGradient: true)!;
        using var gradients = model.Arena.Gradients.clone();
        tape.Dispose();

        restart?.Invoke();
        var watched = input.clone().requires_grad_();
        foreach (var (_, parameter) in model.named_parameters()) parameter.grad = null;
        var expected = model.forward(watched);
        expected.backward([outputGradient]);
        Close.To(expected, output, "output", 1e-10);
        Close.To(watched.grad!, inputGradient, "input gradient", 1e-10);
        foreach (var (name, parameter) in model.named_parameters().Where(named => named.parameter.requires_grad))
        {
            // A parameter and its gradient lie at the same place in their arenas.
            using var actual = gradients.narrow(0, parameter.storage_offset(), parameter.numel()).view(parameter.shape);
            Close.To(parameter.grad!, actual, name, 1e-10);
        }
    }
}
