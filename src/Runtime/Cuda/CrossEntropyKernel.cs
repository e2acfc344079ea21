using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Cross-entropy of rows of logits with labels, and its gradient, as <see cref="CrossEntropyLoop"/> computes it: a block for each
/// row, of one warp where the row is short. What labels weigh is added up on the device before, and the losses behind.
/// </summary>
internal static class CrossEntropyKernel
{
    private static readonly CudaKernel s_weights = new("label_weights", """
        // What the labels of 4096 rows weigh.
        extern "C" __global__ void label_weights(
            const long long* labels, const float* weights, long long rows, long long columns, long long ignored, double* sums)
        {
            long long begin = blockIdx.x * 4096LL, end = begin + 4096 < rows ? begin + 4096 : rows;
            double sum = 0.0;
            for (long long i = begin + threadIdx.x; i < end; i += blockDim.x)
            {
                long long label = labels[i];
                if (label != ignored && label >= 0 && label < columns) sum += weights ? weights[label] : 1.0f;
            }

            sum = block_sum(sum);
            if (threadIdx.x == 0) sums[blockIdx.x] = sum;
        }
        """);

    private static readonly CudaKernel s_rows = new("cross_entropy", """
        // A block for each row; total is null where the loss is a sum.
        extern "C" __global__ void cross_entropy(
            const float* logits, const long long* labels, const float* weights, const double* total, long long columns,
            long long ignored, float* gradient, double* losses)
        {
            long long row = blockIdx.x, label = labels[row];
            const float* x = logits + row * columns;
            float* slope = gradient + row * columns;
            if (label == ignored)
            {
                for (long long i = threadIdx.x; i < columns; i += blockDim.x) slope[i] = 0.0f;
                if (threadIdx.x == 0) losses[row] = 0.0;
                return;
            }

            if (label < 0 || label >= columns) refuse("cross_entropy", "a label is a class, or the one that is ignored");
            float largest = x[0], part = 0.0f;
            for (long long i = threadIdx.x; i < columns; i += blockDim.x) largest = larger(largest, x[i]);
            largest = block_largest(largest);
            for (long long i = threadIdx.x; i < columns; i += blockDim.x)
            {
                float power = expf(x[i] - largest);
                slope[i] = power;
                part += power;
            }

            double sum = block_sum(part), weight = weights ? weights[label] : 1.0f, share = total ? weight / *total : weight;
            float factor = (float)(share / sum);
            for (long long i = threadIdx.x; i < columns; i += blockDim.x)
                slope[i] = slope[i] * factor - (i == label ? (float)share : 0.0f);
            if (threadIdx.x == 0) losses[row] = weight * (log(sum) - ((double)x[label] - largest));
        }
        """);

    /// <inheritdoc cref="CrossEntropyLoop.TryRun"/>
    /// <returns>Null where no kernel may go over the tensors. A label that is no class ends the kernel, as libtorch's
    /// does.</returns>
    public static (Tensor Loss, Tensor Gradient)? TryRun(
        Tensor logits, Tensor labels, Tensor? weights, bool mean, long ignored)
    {
        if (!KernelTensor.TryOf(logits, out var x) || x.Rank != 2 || x.Sizes[1] == 0 || x.Sizes[0] > int.MaxValue
            || !KernelTensor.TryOf(labels, out var classes, LibTorchAbi.Int64) || classes.Rank != 1
            || classes.Sizes[0] != x.Sizes[0] || classes.Device != x.Device) return null;
        long rows = x.Sizes[0], columns = x.Sizes[1];
        ulong factors = 0;
        if (weights is not null)
        {
            if (!KernelTensor.TryOf(weights, out var ofClasses) || ofClasses.Rank != 1 || ofClasses.Sizes[0] != columns
                || ofClasses.Device != x.Device) return null;
            factors = ofClasses.Pointer;
        }

        using var total = mean ? Total(logits, classes, factors, columns, ignored) : null;
        Tensor gradient = logits.new_empty([rows, columns]), losses = DeviceSum.Parts(logits, rows);
        s_rows.LaunchBlocks(logits, rows, RowBlock.Of(columns), x.Pointer, classes.Pointer, factors,
            total is null ? 0 : CudaKernel.Pointer(total), (ulong)columns, (ulong)ignored, CudaKernel.Pointer(gradient),
            CudaKernel.Pointer(losses));
        GC.KeepAlive(labels);
        GC.KeepAlive(weights);
        return (DeviceSum.Result(losses, rows, 1, total, logits), gradient);
    }

    private static Tensor Total(Tensor logits, in KernelTensor labels, ulong weights, long columns, long ignored)
    {
        long rows = labels.Count, parts = Math.Max(1, DeviceSum.PartsOf(rows));
        var sums = DeviceSum.Parts(logits, parts);
        s_weights.LaunchBlocks(logits, parts, 256, labels.Pointer, weights, (ulong)rows, (ulong)columns, (ulong)ignored,
            CudaKernel.Pointer(sums));
        return DeviceSum.Of(sums, parts);
    }
}
