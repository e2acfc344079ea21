using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Tests.Graphs;

/// <summary>Output, input gradient and every parameter's gradient of a graph network against a golden, in both targets.</summary>
internal static class GraphGoldens
{
    /// <param name="infer">The forward pass that autograd follows, of the first input.</param>
    /// <param name="forward">That which saves what the backward pass needs.</param>
    /// <param name="backward">From the output's gradient to the input's.</param>
    public static void Check(
        Golden golden, nn.Module model, ParameterArena arena, Func<Tensor, Tensor> infer, Func<Tensor, Tensor> forward,
        Func<Tensor, Tensor> backward)
    {
        golden.Restore(model.state_dict(), "parameters.");
        golden.Matches("output", forward(golden["input"]));
        golden.Matches("input_gradient", backward(golden["output_gradient"]));
        foreach (var (name, parameter) in model.named_parameters())
            golden.Matches($"gradients.{name}", ArenaGradient.Of(arena, parameter));

        var watched = golden["input"].clone().requires_grad_();
        var output = infer(watched);
        golden.Matches("output", output);
        output.backward([golden["output_gradient"]]);
        golden.Matches("input_gradient", watched.grad!);
        foreach (var (name, parameter) in model.named_parameters()) golden.Matches($"gradients.{name}", parameter.grad!);
        model.Dispose();
    }
}
