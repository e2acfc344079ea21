using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Softmax over the last dimension of 32-bit numbers, and its derivative, row by row.</summary>
internal static unsafe class SoftmaxLoop
{
    /// <summary>Writes softmax(x) to an output of x's shape, which may be x, or is made where it is null; false where no loop of
    /// ours can go.</summary>
    public static bool TryRun(Tensor x, long dimension, ref Tensor? output)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var values) || !TryColumns(values, dimension, out long columns))
            return false;
        output ??= TensorMemory.Empty(values.Sizes);
        var work = new Work { X = values.Data, Output = (float*)TensorMemory.Pointer(output), Columns = columns };
        ParallelLoop.Run(values.Count / columns, columns * SoftmaxRow.OfAnExponential, &RunRows, &work);
        GC.KeepAlive(x);
        GC.KeepAlive(output);
        return true;
    }

    /// <summary>Writes p·(g − Σ p·g) to an output, which may be the gradient g; or is made; false where no
    /// loop of ours can go.</summary>
    public static bool TryRunBackward(Tensor gradient, Tensor result, long dimension, ref Tensor? output)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(gradient, out var gradients) || !TensorLayout.TryOf(result, out var results)
            || !gradients.IsPlain || !results.Sizes.SequenceEqual(gradients.Sizes)
            || !TryColumns(results, dimension, out long columns)) return false;
        output ??= TensorMemory.Empty(results.Sizes);
        var work = new Work
        {
            X = results.Data, Gradient = gradients.Data, Output = (float*)TensorMemory.Pointer(output), Columns = columns,
        };
        ParallelLoop.Run(results.Count / columns, columns, &RunRowsBackward, &work);
        GC.KeepAlive(gradient);
        GC.KeepAlive(result);
        GC.KeepAlive(output);
        return true;
    }

    internal static bool TryColumns(in TensorLayout x, long dimension, out long columns)
    {
        columns = x.Rank > 0 ? x.Sizes[^1] : 0;
        return columns > 0 && (dimension == -1 || dimension == x.Rank - 1) && x.IsPlain;
    }

    private static void RunRows(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        long columns = work.Columns;
        for (long row = begin; row < end; row++)
        {
            float* x = work.X + row * columns, output = work.Output + row * columns;
            float sum = SoftmaxRow.Exponentials(x, columns, SoftmaxRow.Largest(x, columns), output);
            SoftmaxRow.Divide(output, columns, sum);
        }
    }

    private static void RunRowsBackward(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        int width = Vector<float>.Count;
        long columns = work.Columns;
        for (long row = begin; row < end; row++)
        {
            float* result = work.X + row * columns, gradient = work.Gradient + row * columns;
            float* output = work.Output + row * columns;
            Vector<float> sums = default;
            long i = 0;
            for (; i <= columns - width; i += width)
                sums = Vector.MultiplyAddEstimate(Vector.Load(result + i), Vector.Load(gradient + i), sums);
            float sum = Vector.Sum(sums);
            for (; i < columns; i++) sum += result[i] * gradient[i];
            sums = new Vector<float>(sum);
            for (i = 0; i <= columns - width; i += width)
                Vector.Store(Vector.Load(result + i) * (Vector.Load(gradient + i) - sums), output + i);
            for (; i < columns; i++) output[i] = result[i] * (gradient[i] - sum);
        }
    }

    private struct Work
    {
        public float* X, Gradient, Output;
        public long Columns;
    }
}
