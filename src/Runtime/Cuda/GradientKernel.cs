using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The derivative of an activation, element by element, as <see cref="GradientLoop"/> computes it.</summary>
internal static class GradientKernel<TRule>
    where TRule : IGradientRule
{
    private static readonly CudaKernel? s_kernel = TRule.Kernel is not { } rule ? null : new("derivative", $$"""
        // One activation's derivative; over the gradient or elsewhere.
        extern "C" __global__ void derivative(
            const float* gradients, const float* results, double factor, long long count, float* derivatives)
        {
            float number = (float)factor;
            for (long long i = thread_index(); i < count; i += thread_count())
            {
                float gradient = gradients[i], result = results[i];
                derivatives[i] = {{rule}};
            }
        }
        """);

    /// <inheritdoc cref="GradientLoop.TryRun"/>
    /// <returns>Whether a kernel was launched.</returns>
    public static bool TryRun(Tensor output, Tensor gradient, Tensor result, double number)
    {
        if (s_kernel is null || !KernelTensor.TryOf(gradient, out var gradients) || !KernelTensor.TryOf(result, out var results)
            || !KernelTensor.TryOf(output, out var outputs) || !results.Fits(gradients) || !outputs.Fits(gradients)) return false;
        s_kernel.Launch(output, gradients.Count, gradients.Pointer, results.Pointer, CudaKernel.Number(number),
            (ulong)gradients.Count, outputs.Pointer);
        GC.KeepAlive(gradient);
        GC.KeepAlive(result);
        return true;
    }
}
