using System.Buffers;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Cross-entropy of rows of logits with labels, and its gradient, softmax minus the label, in one pass: the exponentials of a
/// row are computed once, where the gradient is to stand. Rows run on libtorch's own threads where there are many; their
/// losses are added up afterwards, in order.
/// </summary>
internal static unsafe class CrossEntropyLoop
{
    /// <summary>The mean or the sum over rows with a label, and its gradient.</summary>
    /// <param name="logits">[M, K].</param>
    /// <param name="labels">[M], int64.</param>
    /// <param name="weights">[K], or null where each class counts 1.</param>
    /// <param name="mean">Whether to divide by what the labels weigh.</param>
    /// <param name="ignored">The label of rows that do not count.</param>
    /// <returns>Null where no loop can go over the tensors, or a label is no class: libtorch then says so.</returns>
    public static (Tensor Loss, Tensor Gradient)? TryRun(
        Tensor logits, Tensor labels, Tensor? weights, bool mean, long ignored)
    {
        if (CrossEntropyKernel.TryRun(logits, labels, weights, mean, ignored) is { } launched) return launched;
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(logits, out var x) || x.Rank != 2 || !x.IsPlain
            || !TensorMemory.TryIndices(labels, out var classes) || classes.Length != x.Sizes[0]) return null;
        long rows = x.Sizes[0], columns = x.Sizes[1];
        float* factors = null;
        if (weights is not null)
        {
            if (!TensorLayout.TryOf(weights, out var ofClasses) || ofClasses.Rank != 1 || ofClasses.Sizes[0] != columns
                || !ofClasses.IsPlain) return null;
            factors = ofClasses.Data;
        }

        double total = 0;
        foreach (long label in classes)
        {
            if (label == ignored) continue;
            if ((ulong)label >= (ulong)columns) return null;
            total += factors == null ? 1 : factors[label];
        }

        var gradient = TensorMemory.Empty(rows, columns);
        double[] losses = ArrayPool<double>.Shared.Rent((int)rows);
        double sum = 0;
        fixed (long* label = classes)
        fixed (double* loss = losses)
        {
            var work = new Work
            {
                Columns = columns, Logits = x.Data, Gradient = (float*)TensorMemory.Pointer(gradient), Labels = label,
                Losses = loss, Weights = factors, Ignored = ignored, Scale = mean ? (float)(1 / total) : 1,
            };
            ParallelLoop.Run(rows, Math.Max(1, SoftmaxRow.OfAnExponential * columns), &RunRows, &work);
            for (long i = 0; i < rows; i++) sum += loss[i];
        }

        ArrayPool<double>.Shared.Return(losses);
        GC.KeepAlive(logits);
        GC.KeepAlive(labels);
        GC.KeepAlive(weights);
        return (TensorMemory.Number((float)(mean ? sum / total : sum)), gradient);
    }

    private static void RunRows(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        long columns = work.Columns;
        for (long i = begin; i < end; i++)
        {
            float* x = work.Logits + i * columns, gradient = work.Gradient + i * columns;
            long label = work.Labels[i];
            if (label == work.Ignored)
            {
                new Span<float>(gradient, (int)columns).Clear();
                work.Losses[i] = 0;
                continue;
            }

            float most = SoftmaxRow.Largest(x, columns);
            float sum = SoftmaxRow.Exponentials(x, columns, most, gradient);
            float weight = work.Weights == null ? 1 : work.Weights[label], share = weight * work.Scale;
            SoftmaxRow.Multiply(gradient, columns, share / sum);
            gradient[label] -= share;
            work.Losses[i] = weight * (Math.Log(sum) - ((double)x[label] - most));
        }
    }

    private struct Work
    {
        public long Columns, Ignored;
        public float* Logits, Gradient, Weights;
        public long* Labels;
        public double* Losses;
        public float Scale;
    }
}
