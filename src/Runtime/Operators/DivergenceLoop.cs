using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The Kullback-Leibler divergence of softmax from a target in each row, Σ t·(log t − log softmax(z)), and its gradient,
/// softmax(z)·Σt − t, in two passes over the row. Rows run on libtorch's own threads where there are many.
/// </summary>
internal static unsafe class DivergenceLoop
{
    /// <summary>The divergence of each row, [M], and the gradient of each row's own, [M, K].</summary>
    /// <param name="logits">z, [M, K].</param>
    /// <param name="target">t, [M, K].</param>
    /// <returns>Null where no loop can go over the tensors.</returns>
    public static (Tensor Divergence, Tensor Gradient)? TryRun(Tensor logits, Tensor target)
    {
        if (DivergenceKernel.TryRun(logits, target) is { } launched) return launched;
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(logits, out var x) || !TensorLayout.TryOf(target, out var t)
            || x.Rank != 2 || !x.IsPlain || !t.IsPlain || !t.Sizes.SequenceEqual(x.Sizes)) return null;
        long rows = x.Sizes[0], columns = x.Sizes[1];
        Tensor divergence = TensorMemory.Empty(rows), gradient = TensorMemory.Empty(rows, columns);
        var work = new Work
        {
            Columns = columns, Logits = x.Data, Target = t.Data, Gradient = (float*)TensorMemory.Pointer(gradient),
            Divergence = (float*)TensorMemory.Pointer(divergence),
        };
        ParallelLoop.Run(rows, Math.Max(1, 2 * SoftmaxRow.OfAnExponential * columns), &RunRows, &work);
        GC.KeepAlive(logits);
        GC.KeepAlive(target);
        return (divergence, gradient);
    }

    private static void RunRows(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        for (long i = begin; i < end; i++)
        {
            long at = i * work.Columns;
            work.Divergence[i] = RunRow(work.Logits + at, work.Target + at, work.Gradient + at, work.Columns);
        }
    }

    private static float RunRow(float* x, float* target, float* gradient, long count)
    {
        int width = Vector<float>.Count;
        float most = SoftmaxRow.Largest(x, count), sum = SoftmaxRow.Exponentials(x, count, most, gradient);
        float total = Sum(target, count), share = total / sum, origin = most + MathF.Log(sum);
        Vector<float> divergences = default, shares = new(share), origins = new(origin);
        long i = 0;
        for (; i <= count - width; i += width)
        {
            var t = Vector.Load(target + i);
            var logarithm = Vector.Log(Vector.ConditionalSelect(Vector.Equals(t, Vector<float>.Zero), Vector<float>.One, t));
            divergences += t * (logarithm - (Vector.Load(x + i) - origins));
            Vector.Store(Vector.Load(gradient + i) * shares - t, gradient + i);
        }

        float divergence = Vector.Sum(divergences);
        for (; i < count; i++)
        {
            float t = target[i];
            divergence += t * (MathF.Log(t == 0 ? 1 : t) - (x[i] - origin));
            gradient[i] = gradient[i] * share - t;
        }

        return divergence;
    }

    private static float Sum(float* x, long count)
    {
        int width = Vector<float>.Count;
        Vector<float> sums = default;
        long i = 0;
        for (; i <= count - width; i += width) sums += Vector.Load(x + i);
        float sum = Vector.Sum(sums);
        for (; i < count; i++) sum += x[i];
        return sum;
    }

    private struct Work
    {
        public long Columns;
        public float* Logits, Target, Gradient, Divergence;
    }
}
