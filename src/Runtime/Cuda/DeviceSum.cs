using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Sums of what blocks have left, in double precision and in an order that the number of them alone decides.</summary>
internal static class DeviceSum
{
    /// <summary>Values that one block adds up.</summary>
    public const int Run = 4096;

    private const int Block = 256;

    private static readonly CudaKernel s_runs = new("sum_runs", """
        // Each block adds up 4096 values.
        extern "C" __global__ void sum_runs(const double* values, long long count, double* sums)
        {
            long long begin = blockIdx.x * 4096LL, end = begin + 4096 < count ? begin + 4096 : count;
            double sum = 0.0;
            for (long long i = begin + threadIdx.x; i < end; i += blockDim.x) sum += values[i];
            sum = block_sum(sum);
            if (threadIdx.x == 0) sums[blockIdx.x] = sum;
        }
        """);

    private static readonly CudaKernel s_result = new("sum_result", """
        // scale * sum, or scale * sum / divisor, of one block.
        extern "C" __global__ void sum_result(
            const double* values, long long count, double scale, const double* divisor, float* result)
        {
            double sum = 0.0;
            for (long long i = threadIdx.x; i < count; i += blockDim.x) sum += values[i];
            sum = scale * block_sum(sum);
            if (threadIdx.x == 0) *result = (float)(divisor ? sum / *divisor : sum);
        }
        """);

    /// <summary>Room for what blocks leave.</summary>
    /// <param name="like">A tensor on the device.</param>
    /// <param name="count">Number of blocks.</param>
    /// <returns>[count], float64; the caller frees it.</returns>
    public static Tensor Parts(Tensor like, long count) => like.new_empty([count], ScalarType.Float64);

    /// <summary>Number of parts of as many values as a block adds up.</summary>
    public static long PartsOf(long count) => (count + Run - 1) / Run;

    /// <summary>The sum, which stays on the device as one double.</summary>
    /// <param name="parts">What blocks have left, [n]; freed.</param>
    /// <param name="count">n, above 0.</param>
    /// <returns>[1], float64; the caller frees it.</returns>
    public static Tensor Of(Tensor parts, long count)
    {
        while (count > 1) parts = Runs(parts, ref count);
        return parts;
    }

    /// <summary>scale·Σ parts, or scale·Σ parts/divisor.</summary>
    /// <param name="parts">What blocks have left, [n]; freed.</param>
    /// <param name="count">n; the sum of none is 0.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="divisor">A double on the device, or null.</param>
    /// <param name="like">A float32 tensor on the device.</param>
    /// <returns>A float32 number without dimensions, on the device; the caller frees it.</returns>
    public static Tensor Result(Tensor parts, long count, double scale, Tensor? divisor, Tensor like)
    {
        while (count > Run) parts = Runs(parts, ref count);
        var result = like.new_empty([], ScalarType.Float32);
        s_result.LaunchBlocks(like, 1, Block, CudaKernel.Pointer(parts), (ulong)count, CudaKernel.Number(scale),
            divisor is null ? 0 : CudaKernel.Pointer(divisor), CudaKernel.Pointer(result));
        parts.Dispose();
        return result;
    }

    private static Tensor Runs(Tensor parts, ref long count)
    {
        long runs = PartsOf(count);
        var sums = Parts(parts, runs);
        s_runs.LaunchBlocks(parts, runs, Block, CudaKernel.Pointer(parts), (ulong)count, CudaKernel.Pointer(sums));
        parts.Dispose();
        count = runs;
        return sums;
    }
}
