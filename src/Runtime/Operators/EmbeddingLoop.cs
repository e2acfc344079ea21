using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Rows of a table of 32-bit numbers by their indices, and the gradient of the table.</summary>
internal static unsafe class EmbeddingLoop
{
    /// <summary>The rows [..., D] of a table [V, D]; null where no loop of ours can go, as over an index that names
    /// none.</summary>
    public static Tensor? TryRows(Tensor table, Tensor indices)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(table, out var rows) || rows.Rank != 2 || !rows.IsPlain
            || !TensorLayout.TryOf(indices, LibTorchAbi.Int64, out var places) || !places.IsPlain
            || !AreRows(places, rows.Sizes[0])) return null;
        long columns = rows.Sizes[1];
        Span<long> shape = stackalloc long[places.Rank + 1];
        places.Sizes.CopyTo(shape);
        shape[^1] = columns;
        var output = TensorMemory.Empty(shape);
        var work = new Work
        {
            Indices = (long*)places.Data, From = rows.Data, To = (float*)TensorMemory.Pointer(output), Columns = columns,
        };
        ParallelLoop.Run(places.Count, Math.Max(1, columns), &CopyRows, &work);
        GC.KeepAlive(table);
        GC.KeepAlive(indices);
        return output;
    }

    /// <summary>Adds a gradient [..., D] to the rows that it is of; false where no loop of ours can go.</summary>
    /// <param name="table">The gradient of the table, [V, D].</param>
    /// <param name="gradient">[..., D].</param>
    /// <param name="indices">[...].</param>
    /// <param name="padding">An index that gets none.</param>
    public static bool TryAdd(Tensor table, Tensor gradient, Tensor indices, long padding)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(table, out var rows) || rows.Rank != 2 || !rows.IsPlain
            || !TensorLayout.TryOf(gradient, out var values) || values.Rank == 0
            || !values.TryRun(0, values.Rank - 1, out _, out long stride) || (values.Sizes[^1] != 1 && values.Strides[^1] != 1)
            || !TensorLayout.TryOf(indices, LibTorchAbi.Int64, out var places) || !places.IsPlain
            || values.Rank != places.Rank + 1 || values.Sizes[^1] != rows.Sizes[1]
            || !values.Sizes[..^1].SequenceEqual(places.Sizes) || !AreRows(places, rows.Sizes[0])) return false;
        var work = new Work
        {
            Indices = (long*)places.Data, From = values.Data, To = rows.Data, Columns = rows.Sizes[1], Count = places.Count,
            Padding = padding, Stride = stride,
        };

        // Threads share the table's rows, so that each is added to in one order.
        long each = Math.Max(1, places.Count * rows.Sizes[1] / Math.Max(1, rows.Sizes[0]));
        ParallelLoop.Run(rows.Sizes[0], each, &AddRows, &work);
        GC.KeepAlive(table);
        GC.KeepAlive(gradient);
        GC.KeepAlive(indices);
        return true;
    }

    private static bool AreRows(in TensorLayout indices, long rows)
    {
        long* each = (long*)indices.Data;
        for (long i = 0, count = indices.Count; i < count; i++)
            if ((ulong)each[i] >= (ulong)rows) return false;
        return true;
    }

    private static void CopyRows(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        int columns = checked((int)work.Columns);
        for (long i = begin; i < end; i++)
            new ReadOnlySpan<float>(work.From + work.Indices[i] * columns, columns)
                .CopyTo(new Span<float>(work.To + i * columns, columns));
    }

    private static void AddRows(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        int width = Vector<float>.Count;
        for (long i = 0; i < work.Count; i++)
        {
            long row = work.Indices[i];
            if (row < begin || row >= end || row == work.Padding) continue;
            float* to = work.To + row * work.Columns, from = work.From + i * work.Stride;
            long column = 0;
            for (; column <= work.Columns - width; column += width)
                Vector.Store(Vector.Load(to + column) + Vector.Load(from + column), to + column);
            for (; column < work.Columns; column++) to[column] += from[column];
        }
    }

    private struct Work
    {
        public long* Indices;
        public float* From, To;
        public long Columns, Count, Padding, Stride;
    }
}
