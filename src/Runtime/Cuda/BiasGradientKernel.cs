using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The sum of a gradient over its rows, added to a bias's gradient, and on the way the derivative of the activation behind the
/// bias, as <see cref="BiasGradientLoop"/> computes them. A block takes 32 columns of 512 rows; where there are more rows, what
/// blocks have left is added up by a second kernel, in order.
/// </summary>
internal static class BiasGradientKernel<TRule>
    where TRule : IGradientRule
{
    private const long Tile = 32, Part = 512;

    private static readonly CudaKernel? s_kernel = TRule.Kernel is not { } rule ? null : new("bias_gradient", $$"""
        // 8 threads share a column of a block's rows; without derivatives the sums are those of the gradients.
        extern "C" __global__ void bias_gradient(
            const float* gradients, const float* results, double factor, long long rows, long long columns, float* derivatives,
            float* sums, long long adds)
        {
            __shared__ float shares[8][32];
            long long tiles = (columns + 31) / 32, part = blockIdx.x / tiles, last = (part + 1) * 512;
            int lane = threadIdx.x % 32, share = threadIdx.x / 32;
            long long column = blockIdx.x % tiles * 32 + lane;
            float number = (float)factor, sum = 0.0f;
            for (long long row = part * 512 + share; row < (last < rows ? last : rows) && column < columns; row += 8)
            {
                long long i = row * columns + column;
                float gradient = gradients[i];
                if (derivatives)
                {
                    float result = results[i];
                    derivatives[i] = gradient = {{rule}};
                }

                sum += gradient;
            }

            shares[share][lane] = sum;
            __syncthreads();
            if (share > 0 || column >= columns) return;
            for (int other = 1; other < 8; other++) sum += shares[other][lane];
            sums[part * columns + column] = adds ? sums[part * columns + column] + sum : sum;
        }
        """);

    /// <summary>bias += Σ gradient.</summary>
    /// <inheritdoc cref="BiasGradientLoop.TryAdd"/>
    /// <returns>Whether kernels were launched.</returns>
    public static bool TryAdd(Tensor bias, Tensor gradient) =>
        s_kernel is not null && KernelTensor.TryOf(gradient, out var values) && TryRun(bias, gradient, values, 0, 0, 0);

    /// <summary>output ← the derivative, and bias += its sum.</summary>
    /// <inheritdoc cref="TryAdd"/>
    /// <returns>Whether kernels were launched.</returns>
    public static bool TryRun(Tensor output, Tensor gradient, Tensor result, double number, Tensor bias)
    {
        if (s_kernel is null || !KernelTensor.TryOf(gradient, out var values) || !KernelTensor.TryOf(result, out var results)
            || !KernelTensor.TryOf(output, out var outputs) || !results.Fits(values) || !outputs.Fits(values)
            || !TryRun(bias, gradient, values, results.Pointer, number, outputs.Pointer)) return false;
        GC.KeepAlive(output);
        GC.KeepAlive(result);
        return true;
    }

    private static bool TryRun(
        Tensor bias, Tensor gradient, in KernelTensor values, ulong results, double number, ulong derivatives)
    {
        if (!KernelTensor.TryOf(bias, out var sums) || sums.Rank >= values.Rank || sums.Device != values.Device
            || !values.Sizes[^sums.Rank..].SequenceEqual(sums.Sizes)) return false;
        long columns = sums.Count, rows = 1;
        foreach (long size in values.Sizes[..^sums.Rank]) rows *= size;
        if (rows == 0 || columns == 0) return true;
        long parts = (rows + Part - 1) / Part;
        using var left = parts > 1 ? bias.new_empty([parts, columns]) : null;
        s_kernel!.LaunchBlocks(bias, parts * ((columns + Tile - 1) / Tile), 256, values.Pointer, results,
            CudaKernel.Number(number), (ulong)rows, (ulong)columns, derivatives,
            left is null ? sums.Pointer : CudaKernel.Pointer(left), left is null ? 1UL : 0UL);
        if (left is not null)
            ColumnSum.Kernel.Launch(bias, columns, CudaKernel.Pointer(left), (ulong)parts, (ulong)columns, sums.Pointer);
        GC.KeepAlive(gradient);
        return true;
    }
}

/// <summary>The second kernel.</summary>
file static class ColumnSum
{
    public static readonly CudaKernel Kernel = new("add_parts", """
        // sums += parts, row by row.
        extern "C" __global__ void add_parts(const float* parts, long long rows, long long columns, float* sums)
        {
            for (long long column = thread_index(); column < columns; column += thread_count())
            {
                float sum = 0.0f;
                for (long long row = 0; row < rows; row++) sum += parts[row * columns + column];
                sums[column] += sum;
            }
        }
        """);
}
