using System.Buffers;
using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The mean or the sum of Huber's losses, and its gradient, in one pass. Parts of a fixed length run on libtorch's own threads
/// where there are many; their sums are added up afterwards, in order.
/// </summary>
internal static unsafe class HuberLoop
{
    private const long Part = 4096;

    /// <summary>The loss, without dimensions, and its gradient by x, of x's shape.</summary>
    /// <param name="x">Predictions.</param>
    /// <param name="target">Of the same shape.</param>
    /// <param name="mean">Whether to divide by the number of elements.</param>
    /// <param name="delta">The distance from which it grows linearly, above 0.</param>
    /// <param name="factor">What the loss, and with it the gradient, is multiplied by.</param>
    /// <returns>Null where no loop can go over the tensors.</returns>
    public static (Tensor Loss, Tensor Gradient)? TryRun(Tensor x, Tensor target, bool mean, double delta, double factor)
    {
        if (ErrorKernel.TryHuber(x, target, mean, delta, factor) is { } launched) return launched;
        if (!LoopChoice.CanRun || !(delta > 0) || !double.IsFinite(factor) || !TensorLayout.TryOf(x, out var values)
            || !TensorLayout.TryOf(target, out var targets) || !values.IsPlain || !targets.IsPlain
            || !targets.Sizes.SequenceEqual(values.Sizes)) return null;
        long count = values.Count, parts = (count + Part - 1) / Part;
        double scale = mean ? factor / count : factor;
        var gradient = TensorMemory.Empty(values.Sizes);
        double[] sums = ArrayPool<double>.Shared.Rent((int)parts);
        double sum = 0;
        fixed (double* each = sums)
        {
            var work = new Work
            {
                Count = count, X = values.Data, Target = targets.Data, Gradient = (float*)TensorMemory.Pointer(gradient),
                Sums = each, Delta = (float)delta, Scale = (float)scale,
            };
            ParallelLoop.Run(parts, Part, &RunParts, &work);
            for (long i = 0; i < parts; i++) sum += each[i];
        }

        ArrayPool<double>.Shared.Return(sums);
        GC.KeepAlive(x);
        GC.KeepAlive(target);
        return (TensorMemory.Number((float)(sum * scale)), gradient);
    }

    private static void RunParts(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        for (long part = begin; part < end; part++)
            work.Sums[part] = RunPart(work, part * Part, Math.Min((part + 1) * Part, work.Count));
    }

    // With the distance d = |x − t| and c the smaller of d and δ, the loss is c·(d − c/2), and the slope c with the sign of
    // x − t. Comparisons with what is not a number are false: it stays.
    private static double RunPart(in Work work, long begin, long end)
    {
        int width = Vector<float>.Count;
        Vector<float> losses = default, scale = new(work.Scale), delta = new(work.Delta);
        long i = begin;
        for (; i <= end - width; i += width)
        {
            var difference = Vector.Load(work.X + i) - Vector.Load(work.Target + i);
            var distance = Vector.Abs(difference);
            var near = Vector.ConditionalSelect(Vector.GreaterThan(distance, delta), delta, distance);
            losses += near * (distance - near * 0.5f);
            Vector.Store(Vector.CopySign(near, difference) * scale, work.Gradient + i);
        }

        double sum = Vector.Sum(losses);
        for (; i < end; i++)
        {
            float difference = work.X[i] - work.Target[i], distance = Math.Abs(difference);
            float near = distance > work.Delta ? work.Delta : distance;
            sum += near * (distance - near * 0.5f);
            work.Gradient[i] = float.CopySign(near, difference) * work.Scale;
        }

        return sum;
    }

    private struct Work
    {
        public long Count;
        public float* X, Target, Gradient;
        public double* Sums;
        public float Delta, Scale;
    }
}
