using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Errors of predictions with their gradients, squared (<see cref="SquaredErrorLoop"/>) and Huber's (<see
/// cref="HuberLoop"/>): blocks of 4096 elements, whose sums are added up behind.</summary>
internal static class ErrorKernel
{
    private static readonly CudaKernel s_squared = new("squared_error", """
        // Each block goes over 4096 elements.
        extern "C" __global__ void squared_error(
            const float* x, const float* target, double scale, long long count, float* gradient, double* sums)
        {
            long long begin = blockIdx.x * 4096LL, end = begin + 4096 < count ? begin + 4096 : count;
            float sum = 0.0f;
            for (long long i = begin + threadIdx.x; i < end; i += blockDim.x)
            {
                float difference = x[i] - target[i];
                sum += difference * difference;
                gradient[i] = difference * (float)scale;
            }

            double squares = block_sum(sum);
            if (threadIdx.x == 0) sums[blockIdx.x] = squares;
        }
        """);

    private static readonly CudaKernel s_huber = new("huber", """
        // With the distance d and c the smaller of d and delta, the loss is c(d - c/2), and the slope c with the sign of x - t.
        extern "C" __global__ void huber(
            const float* x, const float* target, double delta, double scale, long long count, float* gradient, double* sums)
        {
            long long begin = blockIdx.x * 4096LL, end = begin + 4096 < count ? begin + 4096 : count;
            float sum = 0.0f;
            for (long long i = begin + threadIdx.x; i < end; i += blockDim.x)
            {
                float difference = x[i] - target[i], distance = fabsf(difference);
                float near = distance > (float)delta ? (float)delta : distance;
                sum += near * (distance - near * 0.5f);
                gradient[i] = copysignf(near, difference) * (float)scale;
            }

            double losses = block_sum(sum);
            if (threadIdx.x == 0) sums[blockIdx.x] = losses;
        }
        """);

    /// <inheritdoc cref="SquaredErrorLoop.TryRun"/>
    /// <returns>Null where no kernel may go over the tensors.</returns>
    public static (Tensor Loss, Tensor Gradient)? TrySquared(Tensor x, Tensor target, bool mean)
    {
        if (!KernelTensor.TryOf(x, out var values) || !KernelTensor.TryOf(target, out var targets) || !targets.Fits(values))
            return null;
        long count = values.Count, parts = DeviceSum.PartsOf(count);
        double scale = mean ? 1.0 / count : 1;
        Tensor gradient = x.new_empty(values.Sizes.ToArray()), sums = DeviceSum.Parts(x, parts);
        s_squared.LaunchBlocks(x, parts, 256, values.Pointer, targets.Pointer, CudaKernel.Number(2 * scale), (ulong)count,
            CudaKernel.Pointer(gradient), CudaKernel.Pointer(sums));
        GC.KeepAlive(target);
        return (DeviceSum.Result(sums, parts, scale, null, x), gradient);
    }

    /// <inheritdoc cref="HuberLoop.TryRun"/>
    /// <returns>Null where no kernel may go over the tensors.</returns>
    public static (Tensor Loss, Tensor Gradient)? TryHuber(Tensor x, Tensor target, bool mean, double delta, double factor)
    {
        if (!KernelTensor.TryOf(x, out var values) || !KernelTensor.TryOf(target, out var targets) || !targets.Fits(values)
            || !(delta > 0) || !double.IsFinite(factor)) return null;
        long count = values.Count, parts = DeviceSum.PartsOf(count);
        double scale = mean ? factor / count : factor;
        Tensor gradient = x.new_empty(values.Sizes.ToArray()), sums = DeviceSum.Parts(x, parts);
        s_huber.LaunchBlocks(x, parts, 256, values.Pointer, targets.Pointer, CudaKernel.Number(delta), CudaKernel.Number(scale),
            (ulong)count, CudaKernel.Pointer(gradient), CudaKernel.Pointer(sums));
        GC.KeepAlive(target);
        return (DeviceSum.Result(sums, parts, scale, null, x), gradient);
    }
}
