using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Numbers of 32 bits to bfloat16, their upper half, rounded to the nearest, of two to the even one; and back. libtorch's
/// results, in the memory of the step.
/// </summary>
internal static unsafe class BFloat16Loop
{
    /// <summary>What any number that is none becomes.</summary>
    public const ushort NotANumber = 0x7FC0;

    /// <summary>x rounded, in memory of its own; null where no loop can go.</summary>
    public static Tensor? TryRound(Tensor x)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var layout) || !layout.IsPlain) return null;
        var output = TensorMemory.EmptyBFloat16(layout.Sizes);
        var work = new Work { Wide = layout.Data, Short = (ushort*)TensorMemory.Pointer(output) };
        ParallelLoop.Run(layout.Count, 1, &Round, &work);
        GC.KeepAlive(x);
        return output;
    }

    /// <summary>x with 32 bits, plus a bias where there is one, in memory of its own; null where no loop can go.</summary>
    /// <param name="x">bfloat16 of any shape.</param>
    /// <param name="bias">One number for each place of a dimension of x; null for none.</param>
    /// <param name="channels">That dimension; −1 for the last.</param>
    public static Tensor? TryWiden(Tensor x, Tensor? bias, int channels)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, LibTorchAbi.BFloat16, out var layout) || !layout.IsPlain) return null;
        var work = new Work { Short = (ushort*)layout.Data, Columns = 1 };
        if (bias is not null)
        {
            int dimension = channels < 0 ? layout.Rank + channels : channels;
            if (!TensorLayout.TryOf(bias, out var values) || !values.IsPlain || values.Rank != 1 || dimension >= layout.Rank
                || values.Count != layout.Sizes[dimension]) return null;
            work.Bias = values.Data;
            work.Channels = values.Count;
            foreach (long size in layout.Sizes[(dimension + 1)..]) work.Columns *= size;
        }

        var output = TensorMemory.Empty(layout.Sizes);
        work.Wide = (float*)TensorMemory.Pointer(output);
        if (bias is null) ParallelLoop.Run(layout.Count, 1, &Widen, &work);
        else if (work.Columns == 1 && work.Channels > 0)
            ParallelLoop.Run(layout.Count / work.Channels, work.Channels, &WidenRows, &work);
        else if (layout.Count > 0) ParallelLoop.Run(layout.Count / work.Columns, work.Columns, &WidenPlanes, &work);
        GC.KeepAlive(x);
        GC.KeepAlive(bias);
        return output;
    }

    /// <summary>x ← x + y for y of 16 bits and x's shape; false where no loop can go.</summary>
    public static bool TryAdd(Tensor x, Tensor y)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(y, LibTorchAbi.BFloat16, out var added) || !added.IsPlain
            || !TensorLayout.TryOf(x, out var sum) || !sum.IsPlain || !sum.Sizes.SequenceEqual(added.Sizes)) return false;
        var work = new Work { Wide = sum.Data, Short = (ushort*)added.Data };
        ParallelLoop.Run(sum.Count, 1, &Add, &work);
        GC.KeepAlive(x);
        GC.KeepAlive(y);
        return true;
    }

    private static void Round(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        int width = Vector<float>.Count;
        long i = begin;
        for (; i <= end - 2 * width; i += 2 * width)
        {
            var (low, high) = (Rounded(Vector.Load(work.Wide + i)), Rounded(Vector.Load(work.Wide + i + width)));
            Vector.Store(Vector.Narrow(low, high), work.Short + i);
        }

        for (; i < end; i++)
        {
            uint bits = BitConverter.SingleToUInt32Bits(work.Wide[i]);
            work.Short[i] = float.IsNaN(work.Wide[i]) ? NotANumber : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }
    }

    // Half of the last place is added, or the least bit below half of it where the place is even.
    private static Vector<uint> Rounded(Vector<float> x)
    {
        var bits = Vector.AsVectorUInt32(x);
        var rounded = (bits + new Vector<uint>(0x7FFF) + ((bits >> 16) & Vector<uint>.One)) >> 16;
        return Vector.ConditionalSelect(Vector.AsVectorUInt32(Vector.Equals(x, x)), rounded, new Vector<uint>(NotANumber));
    }

    private static void Widen(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        Run(work.Short + begin, work.Wide + begin, end - begin, 0);
    }

    private static void WidenPlanes(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        for (long plane = begin; plane < end; plane++)
        {
            long first = plane * work.Columns;
            Run(work.Short + first, work.Wide + first, work.Columns, work.Bias[plane % work.Channels]);
        }
    }

    private static void Run(ushort* x, float* output, long count, float bias)
    {
        int width = Vector<float>.Count;
        var added = new Vector<float>(bias);
        long i = 0;
        for (; i <= count - 2 * width; i += 2 * width)
        {
            var (low, high) = Wide(x + i);
            Vector.Store(low + added, output + i);
            Vector.Store(high + added, output + i + width);
        }

        for (; i < count; i++) output[i] = Wide(x[i]) + bias;
    }

    private static void WidenRows(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        for (long row = begin; row < end; row++)
        {
            long first = row * work.Channels;
            AddTo(work.Bias, work.Short + first, work.Wide + first, work.Channels);
        }
    }

    private static void Add(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        AddTo(work.Wide + begin, work.Short + begin, work.Wide + begin, end - begin);
    }

    private static void AddTo(float* x, ushort* y, float* output, long count)
    {
        int width = Vector<float>.Count;
        long i = 0;
        for (; i <= count - 2 * width; i += 2 * width)
        {
            var (low, high) = Wide(y + i);
            Vector.Store(Vector.Load(x + i) + low, output + i);
            Vector.Store(Vector.Load(x + i + width) + high, output + i + width);
        }

        for (; i < count; i++) output[i] = x[i] + Wide(y[i]);
    }

    private static (Vector<float> Low, Vector<float> High) Wide(ushort* x)
    {
        Vector.Widen(Vector.Load(x), out var low, out var high);
        return (Vector.AsVectorSingle(low << 16), Vector.AsVectorSingle(high << 16));
    }

    private static float Wide(ushort x) => BitConverter.UInt32BitsToSingle((uint)x << 16);

    private struct Work
    {
        public float* Wide, Bias;
        public ushort* Short;
        public long Channels, Columns;
    }
}
