namespace Dsl.Runtime;

/// <summary>What stands before the source of every kernel.</summary>
internal static class KernelPrelude
{
    /// <summary>Functions that kernels share. The threads of a block are a multiple of 32.</summary>
    public const string Source = """
        // A thread's first element, and how many threads there are: for (i = thread_index(); i < count; i += thread_count()).
        __device__ inline long long thread_index() { return blockIdx.x * (long long)blockDim.x + threadIdx.x; }
        __device__ inline long long thread_count() { return gridDim.x * (long long)blockDim.x; }

        // Ends the kernel with a message on standard error, as libtorch's checks on a device do; calls after it fail.
        extern "C" __device__ void __assertfail(const char*, const char*, unsigned, const char*, size_t);
        __device__ inline void refuse(const char* kernel, const char* message) { __assertfail(message, kernel, 0, kernel, 1); }

        // What is not a number stays so, as in libtorch; fmaxf drops it.
        __device__ inline float larger(float a, float b) { return a > b || a != a ? a : b; }
        __device__ inline float smaller(float a, float b) { return a < b || a != a ? a : b; }
        __device__ inline float sign(float x) { return x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x; }
        __device__ inline float sigmoid(float x) { return 1.0f / (1.0f + expf(-x)); }
        __device__ inline float silu(float x) { return x / (1.0f + expf(-x)); }
        __device__ inline float silu_slope(float x)
        {
            float share = sigmoid(x);
            return share * (1.0f + x * (1.0f - share));
        }

        // x times the normal distribution up to x, its slope, and those of the approximation by tanh.
        __device__ inline float gelu(float x) { return 0.5f * x * (1.0f + erff(x * 0.70710678f)); }
        __device__ inline float gelu_slope(float x)
        {
            return 0.5f * (1.0f + erff(x * 0.70710678f)) + x * 0.39894228f * expf(-0.5f * x * x);
        }
        __device__ inline float gelu_tanh(float x)
        {
            return 0.5f * x * (1.0f + tanhf(0.79788456f * (x + 0.044715f * x * x * x)));
        }
        __device__ inline float gelu_tanh_slope(float x)
        {
            float squashed = tanhf(0.79788456f * (x + 0.044715f * x * x * x));
            float inner = 0.79788456f * (1.0f + 0.134145f * x * x);
            return 0.5f * (1.0f + squashed) + 0.5f * x * (1.0f - squashed * squashed) * inner;
        }

        // The sum and the largest of a block's values, the same for all its threads: always added up in one order.
        __device__ inline double block_sum(double value)
        {
            __shared__ double sums[32];
            for (int step = 16; step > 0; step /= 2) value += __shfl_down_sync(0xffffffffu, value, step);
            if (threadIdx.x % 32 == 0) sums[threadIdx.x / 32] = value;
            __syncthreads();
            double sum = sums[0];
            for (int warp = 1; warp < blockDim.x / 32; warp++) sum += sums[warp];
            __syncthreads();
            return sum;
        }
        __device__ inline float block_largest(float value)
        {
            __shared__ float values[32];
            for (int step = 16; step > 0; step /= 2) value = larger(value, __shfl_down_sync(0xffffffffu, value, step));
            if (threadIdx.x % 32 == 0) values[threadIdx.x / 32] = value;
            __syncthreads();
            float largest = values[0];
            for (int warp = 1; warp < blockDim.x / 32; warp++) largest = larger(largest, values[warp]);
            __syncthreads();
            return largest;
        }

        """;
}
