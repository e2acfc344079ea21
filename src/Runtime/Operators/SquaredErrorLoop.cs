using System.Buffers;
using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The mean or the sum of squared differences, and its gradient, in one pass. Parts of a fixed length run on libtorch's own
/// threads where there are many; their sums are added up afterwards, in order.
/// </summary>
internal static unsafe class SquaredErrorLoop
{
    private const long Part = 4096;

    /// <summary>The loss, without dimensions, and its gradient by x, of x's shape.</summary>
    /// <param name="x">Predictions.</param>
    /// <param name="target">Of the same shape.</param>
    /// <param name="mean">Whether to divide by the number of elements.</param>
    /// <returns>Null where no loop can go over the tensors.</returns>
    public static (Tensor Loss, Tensor Gradient)? TryRun(Tensor x, Tensor target, bool mean)
    {
        if (ErrorKernel.TrySquared(x, target, mean) is { } launched) return launched;
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var values) || !TensorLayout.TryOf(target, out var targets)
            || !values.IsPlain || !targets.IsPlain || !targets.Sizes.SequenceEqual(values.Sizes)) return null;
        long count = values.Count, parts = (count + Part - 1) / Part;
        var gradient = TensorMemory.Empty(values.Sizes);
        double[] sums = ArrayPool<double>.Shared.Rent((int)parts);
        double sum = 0;
        fixed (double* each = sums)
        {
            var work = new Work
            {
                Count = count, X = values.Data, Target = targets.Data, Gradient = (float*)TensorMemory.Pointer(gradient),
                Sums = each, Scale = mean ? (float)(2.0 / count) : 2,
            };
            ParallelLoop.Run(parts, Part, &RunParts, &work);
            for (long i = 0; i < parts; i++) sum += each[i];
        }

        ArrayPool<double>.Shared.Return(sums);
        GC.KeepAlive(x);
        GC.KeepAlive(target);
        return (TensorMemory.Number((float)(mean ? sum / count : sum)), gradient);
    }

    private static void RunParts(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        for (long part = begin; part < end; part++)
            work.Sums[part] = RunPart(work, part * Part, Math.Min((part + 1) * Part, work.Count));
    }

    private static double RunPart(in Work work, long begin, long end)
    {
        int width = Vector<float>.Count;
        Vector<float> squares = default, scale = new(work.Scale);
        long i = begin;
        for (; i <= end - width; i += width)
        {
            var difference = Vector.Load(work.X + i) - Vector.Load(work.Target + i);
            squares += difference * difference;
            Vector.Store(difference * scale, work.Gradient + i);
        }

        double sum = Vector.Sum(squares);
        for (; i < end; i++)
        {
            float difference = work.X[i] - work.Target[i];
            sum += difference * difference;
            work.Gradient[i] = difference * work.Scale;
        }

        return sum;
    }

    private struct Work
    {
        public long Count;
        public float* X, Target, Gradient;
        public double* Sums;
        public float Scale;
    }
}
