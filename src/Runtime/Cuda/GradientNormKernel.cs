using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Gradients that are cut to a length, as <see cref="GradientNorm"/> does: the length stays on the device.</summary>
internal static class GradientNormKernel
{
    private static readonly CudaKernel s_squares = new("squares", """
        // Each block adds up the squares of 4096 elements.
        extern "C" __global__ void squares(const float* values, long long count, double* sums, long long first)
        {
            long long begin = blockIdx.x * 4096LL, end = begin + 4096 < count ? begin + 4096 : count;
            float sum = 0.0f;
            for (long long i = begin + threadIdx.x; i < end; i += blockDim.x) sum += values[i] * values[i];
            double total = block_sum(sum);
            if (threadIdx.x == 0) sums[first + blockIdx.x] = total;
        }
        """);

    private static readonly CudaKernel s_clip = new("clip", """
        // What is no number is not less either: it spoils the gradient, as it should.
        extern "C" __global__ void clip(float* values, long long count, const double* squares, double most)
        {
            float factor = (float)(most / (sqrt(*squares) + 1e-6));
            if (factor >= 1.0f) return;
            for (long long i = thread_index(); i < count; i += thread_count()) values[i] *= factor;
        }
        """);

    /// <summary>g ← g · min(1, most / (‖g‖ + 10⁻⁶)).</summary>
    /// <param name="most">The length that stays as it is.</param>
    /// <param name="gradients">Written over.</param>
    /// <returns>Whether kernels were launched.</returns>
    public static bool TryClip(double most, ReadOnlySpan<Tensor> gradients)
    {
        long parts = 0;
        int device = -1;
        foreach (var gradient in gradients)
        {
            if (!KernelTensor.TryOf(gradient, out var values) || (parts > 0 && values.Device != device)) return false;
            device = values.Device;
            parts += DeviceSum.PartsOf(values.Count);
        }

        if (parts == 0) return false;
        var sums = DeviceSum.Parts(gradients[0], parts);
        long first = 0;
        foreach (var gradient in gradients)
        {
            KernelTensor.TryOf(gradient, out var values);
            long own = DeviceSum.PartsOf(values.Count);
            s_squares.LaunchBlocks(
                gradient, own, 256, values.Pointer, (ulong)values.Count, CudaKernel.Pointer(sums), (ulong)first);
            first += own;
        }

        using var squares = DeviceSum.Of(sums, parts);
        foreach (var gradient in gradients)
        {
            KernelTensor.TryOf(gradient, out var values);
            s_clip.Launch(gradient, values.Count, values.Pointer, (ulong)values.Count, CudaKernel.Pointer(squares),
                CudaKernel.Number(most));
        }

        return true;
    }
}
