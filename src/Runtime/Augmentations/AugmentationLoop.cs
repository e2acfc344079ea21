using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Images of 32-bit numbers that are moved, or of which a square is cut out, in the memory of a step. Null stands for
/// what no loop of ours can go over.</summary>
internal static unsafe class AugmentationLoop
{
    /// <summary>As <see cref="ImageShift.Apply"/>.</summary>
    public static Tensor? TryShift(Tensor images, Tensor offsets, int pixels)
    {
        if (!TryFind(images, out var x) || !TensorLayout.TryOf(offsets, LibTorchAbi.Int64, out var moves) || !moves.IsPlain
            || moves.Rank != 2 || moves.Sizes[0] != x.Sizes[0] || moves.Sizes[1] != 2) return null;
        long* first = (long*)moves.Data;
        for (long i = 0; i < moves.Count; i++)
            if ((ulong)first[i] > (ulong)(2 * pixels)) return null;
        var output = TensorMemory.Empty(x.Sizes);
        var work = Work.Of(x, output);
        work.Rows = first;
        work.Pixels = pixels;
        ParallelLoop.Run(x.Sizes[0] * x.Sizes[1], Math.Max(1, work.Height * work.Width), &Shift, &work);
        GC.KeepAlive(images);
        GC.KeepAlive(offsets);
        return output;
    }

    /// <summary>As <see cref="ImageErasing.Cutout"/>.</summary>
    public static Tensor? TryCutout(Tensor images, Tensor rows, Tensor columns, int length)
    {
        if (!TryFind(images, out var x) || !TensorLayout.TryOf(rows, LibTorchAbi.Int64, out var first) || !first.IsPlain
            || first.Count != x.Sizes[0] || !TensorLayout.TryOf(columns, LibTorchAbi.Int64, out var second) || !second.IsPlain
            || second.Count != x.Sizes[0]) return null;
        var output = TensorMemory.Empty(x.Sizes);
        var work = Work.Of(x, output);
        work.Rows = (long*)first.Data;
        work.Columns = (long*)second.Data;
        work.Length = length;
        ParallelLoop.Run(x.Sizes[0] * x.Sizes[1], Math.Max(1, work.Height * work.Width), &Cut, &work);
        GC.KeepAlive(images);
        GC.KeepAlive(rows);
        GC.KeepAlive(columns);
        return output;
    }

    private static bool TryFind(Tensor images, out TensorLayout x)
    {
        x = default;
        return LoopChoice.CanRun && TensorLayout.TryOf(images, out x) && x.Rank == 4 && x.IsPlain && !x.Sizes.Contains(0);
    }

    private static void Shift(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        long height = work.Height, width = work.Width;
        for (long plane = begin; plane < end; plane++)
        {
            long* moves = work.Rows + plane / work.Channels * 2;
            long down = moves[0] - work.Pixels, right = moves[1] - work.Pixels;

            // Columns [start, stop) of the output are those of the image from start + right on.
            long start = Math.Clamp(-right, 0, width), stop = Math.Clamp(width - right, start, width);
            float* from = work.From + plane * height * width, to = work.To + plane * height * width;
            for (long row = 0; row < height; row++, to += width)
            {
                var line = new Span<float>(to, (int)width);
                long source = row + down;
                if (source < 0 || source >= height)
                {
                    line.Clear();
                    continue;
                }

                line[..(int)start].Clear();
                new ReadOnlySpan<float>(from + source * width + start + right, (int)(stop - start)).CopyTo(line[(int)start..]);
                line[(int)stop..].Clear();
            }
        }
    }

    private static void Cut(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        long height = work.Height, width = work.Width, size = height * width;
        for (long plane = begin; plane < end; plane++)
        {
            float* to = work.To + plane * size;
            NativeMemory.Copy(work.From + plane * size, to, (nuint)size * sizeof(float));
            long row = work.Rows[plane / work.Channels] - work.Length / 2;
            long column = work.Columns[plane / work.Channels] - work.Length / 2;
            long first = Math.Clamp(column, 0, width), last = Math.Clamp(column + work.Length, first, width);
            for (long i = Math.Clamp(row, 0, height); i < Math.Min(row + work.Length, height); i++)
                new Span<float>(to + i * width + first, (int)(last - first)).Clear();
        }
    }

    private struct Work
    {
        public float* From, To;
        public long* Rows, Columns;
        public long Channels, Height, Width, Pixels, Length;

        public static Work Of(in TensorLayout x, Tensor output) => new()
        {
            From = x.Data, To = (float*)TensorMemory.Pointer(output), Channels = x.Sizes[1], Height = x.Sizes[2],
            Width = x.Sizes[3],
        };
    }
}
