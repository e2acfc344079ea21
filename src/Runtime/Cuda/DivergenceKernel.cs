using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The divergence of softmax from a target in each row, and its gradient, as <see cref="DivergenceLoop"/> computes it: a
/// block for each row.</summary>
internal static class DivergenceKernel
{
    private static readonly CudaKernel s_rows = new("divergence", """
        // A block for each row.
        extern "C" __global__ void divergence(
            const float* logits, const float* target, long long columns, float* gradient, float* divergences)
        {
            const float *x = logits + blockIdx.x * columns, *t = target + blockIdx.x * columns;
            float *slope = gradient + blockIdx.x * columns, largest = x[0], part = 0.0f, targets = 0.0f;
            for (long long i = threadIdx.x; i < columns; i += blockDim.x) largest = larger(largest, x[i]);
            largest = block_largest(largest);
            for (long long i = threadIdx.x; i < columns; i += blockDim.x)
            {
                float power = expf(x[i] - largest);
                slope[i] = power;
                part += power;
                targets += t[i];
            }

            double sum = block_sum(part), divergence = 0.0;
            float share = (float)(block_sum(targets) / sum), origin = largest + (float)log(sum);
            for (long long i = threadIdx.x; i < columns; i += blockDim.x)
            {
                divergence += t[i] * (logf(t[i] == 0.0f ? 1.0f : t[i]) - (x[i] - origin));
                slope[i] = slope[i] * share - t[i];
            }

            divergence = block_sum(divergence);
            if (threadIdx.x == 0) divergences[blockIdx.x] = (float)divergence;
        }
        """);

    /// <inheritdoc cref="DivergenceLoop.TryRun"/>
    /// <returns>Null where no kernel may go over the tensors.</returns>
    public static (Tensor Divergence, Tensor Gradient)? TryRun(Tensor logits, Tensor target)
    {
        if (!KernelTensor.TryOf(logits, out var x) || !KernelTensor.TryOf(target, out var t) || x.Rank != 2 || x.Sizes[1] == 0
            || x.Sizes[0] > int.MaxValue || !t.Fits(x)) return null;
        long rows = x.Sizes[0], columns = x.Sizes[1];
        Tensor divergence = logits.new_empty([rows]), gradient = logits.new_empty([rows, columns]);
        s_rows.LaunchBlocks(logits, rows, RowBlock.Of(columns), x.Pointer, t.Pointer, (ulong)columns,
            CudaKernel.Pointer(gradient), CudaKernel.Pointer(divergence));
        GC.KeepAlive(target);
        return (divergence, gradient);
    }
}
