using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Sums of two tensors whose samples have factors of their levels, in the memory of a step.</summary>
internal static unsafe class NoiseLoop
{
    /// <summary>a[t]·x + sign·b[t]·y for each sample; null where no loop of ours can go, as at a level that there is
    /// not.</summary>
    /// <param name="x">[N, ...].</param>
    /// <param name="ofX">a, [T].</param>
    /// <param name="y">[N, ...].</param>
    /// <param name="ofY">b, [T].</param>
    /// <param name="time">t, [N].</param>
    /// <param name="sign">1 or −1.</param>
    public static Tensor? TryRun(Tensor x, Tensor ofX, Tensor y, Tensor ofY, Tensor time, float sign)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var first) || !TensorLayout.TryOf(y, out var second)
            || !first.IsPlain || !second.IsPlain || !second.Sizes.SequenceEqual(first.Sizes) || first.Rank == 0
            || !TensorLayout.TryOf(ofX, out var a) || !TensorLayout.TryOf(ofY, out var b) || !a.IsPlain || !b.IsPlain
            || !TensorMemory.TryIndices(time, out var levels) || levels.Length != first.Sizes[0]) return null;
        foreach (long level in levels)
            if ((ulong)level >= (ulong)a.Count || (ulong)level >= (ulong)b.Count) return null;
        var output = TensorMemory.Empty(first.Sizes);
        fixed (long* level = levels)
        {
            var work = new Work
            {
                X = first.Data, Y = second.Data, OfX = a.Data, OfY = b.Data, Levels = level, Sign = sign,
                Output = (float*)TensorMemory.Pointer(output), Size = levels.IsEmpty ? 0 : first.Count / levels.Length,
            };
            ParallelLoop.Run(levels.Length, Math.Max(1, work.Size), &RunSamples, &work);
        }

        GC.KeepAlive(x);
        GC.KeepAlive(y);
        GC.KeepAlive(time);
        return output;
    }

    private static void RunSamples(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        int width = Vector<float>.Count;
        for (long sample = begin; sample < end; sample++)
        {
            float* x = work.X + sample * work.Size, y = work.Y + sample * work.Size, to = work.Output + sample * work.Size;
            float ofX = work.OfX[work.Levels[sample]], ofY = work.Sign * work.OfY[work.Levels[sample]];
            Vector<float> a = new(ofX), b = new(ofY);
            long i = 0;
            for (; i <= work.Size - width; i += width) Vector.Store(Vector.Load(x + i) * a + Vector.Load(y + i) * b, to + i);
            for (; i < work.Size; i++) to[i] = x[i] * ofX + y[i] * ofY;
        }
    }

    private struct Work
    {
        public float* X, Y, OfX, OfY, Output;
        public long* Levels;
        public long Size;
        public float Sign;
    }
}
