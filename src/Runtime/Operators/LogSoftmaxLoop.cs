using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The logarithm of softmax over the last dimension of 32-bit numbers, and its derivative, row by row.</summary>
internal static unsafe class LogSoftmaxLoop
{
    /// <summary>x − log Σ eˣ, in x's shape; null where no loop of ours can go.</summary>
    public static Tensor? TryRun(Tensor x, long dimension)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var values)
            || !SoftmaxLoop.TryColumns(values, dimension, out long columns)) return null;
        var output = TensorMemory.Empty(values.Sizes);
        var work = new Work { X = values.Data, Output = (float*)TensorMemory.Pointer(output), Columns = columns };
        ParallelLoop.Run(values.Count / columns, columns * SoftmaxRow.OfAnExponential, &RunRows, &work);
        GC.KeepAlive(x);
        return output;
    }

    /// <summary>g − softmax·Σg, in the result's shape; null where no loop of ours can go.</summary>
    public static Tensor? TryRunBackward(Tensor gradient, Tensor result, long dimension)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(gradient, out var gradients) || !TensorLayout.TryOf(result, out var results)
            || !gradients.IsPlain || !results.Sizes.SequenceEqual(gradients.Sizes)
            || !SoftmaxLoop.TryColumns(results, dimension, out long columns)) return null;
        var output = TensorMemory.Empty(results.Sizes);
        var work = new Work
        {
            X = results.Data, Gradient = gradients.Data, Output = (float*)TensorMemory.Pointer(output), Columns = columns,
        };
        ParallelLoop.Run(results.Count / columns, columns * SoftmaxRow.OfAnExponential, &RunRowsBackward, &work);
        GC.KeepAlive(gradient);
        GC.KeepAlive(result);
        return output;
    }

    private static void RunRows(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        int width = Vector<float>.Count;
        long columns = work.Columns;
        for (long row = begin; row < end; row++)
        {
            float* x = work.X + row * columns, output = work.Output + row * columns;
            float most = SoftmaxRow.Largest(x, columns);
            float log = MathF.Log(SoftmaxRow.Exponentials(x, columns, most, output));
            Vector<float> origin = new(most), logs = new(log);
            long i = 0;
            for (; i <= columns - width; i += width) Vector.Store(Vector.Load(x + i) - origin - logs, output + i);
            for (; i < columns; i++) output[i] = x[i] - most - log;
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
            for (; i <= columns - width; i += width) sums += Vector.Load(gradient + i);
            float sum = Vector.Sum(sums);
            for (; i < columns; i++) sum += gradient[i];
            sums = new Vector<float>(sum);
            for (i = 0; i <= columns - width; i += width)
                Vector.Store(Vector.Load(gradient + i) - Exponential.Of(Vector.Load(result + i)) * sums, output + i);
            for (; i < columns; i++) output[i] = gradient[i] - MathF.Exp(result[i]) * sum;
        }
    }

    private struct Work
    {
        public float* X, Gradient, Output;
        public long Columns;
    }
}
