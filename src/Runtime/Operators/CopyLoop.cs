using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Copies of elements of any type from one order in memory to another one.</summary>
internal static unsafe class CopyLoop
{
    /// <summary>Dimensions that tensors may have.</summary>
    public const int MostDimensions = 12;

    // Elements of a row and of a column that are copied together where a matrix is transposed: a line of the cache.
    private const long Tile = 16;

    /// <summary>Copies x to another tensor of its type, of its shape or one that it is repeated to; false where no loop of ours
    /// can go.</summary>
    public static bool TryRun(Tensor output, Tensor x)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var from, out int type)
            || !TensorLayout.TryOf(output, type, out var to) || to.Rank > MostDimensions || from.Rank > to.Rank) return false;
        Span<long> strides = stackalloc long[to.Rank];
        strides.Clear();
        for (int i = 0; i < from.Rank; i++)
        {
            int place = to.Rank - from.Rank + i;
            if (from.Sizes[i] == to.Sizes[place]) strides[place] = from.Strides[i];
            else if (from.Sizes[i] != 1) return false;
        }

        Run((byte*)to.Data, to.Strides, (byte*)from.Data, strides, to.Sizes, PlaceLayout.BytesOf(type));
        GC.KeepAlive(output);
        GC.KeepAlive(x);
        return true;
    }

    /// <summary>Copies elements.</summary>
    /// <param name="to">The first place.</param>
    /// <param name="toStrides">Elements from one place to the next in each dimension.</param>
    /// <param name="from">The first element.</param>
    /// <param name="fromStrides">Elements from one to the next in each dimension.</param>
    /// <param name="sizes">Elements of each dimension, of which there are <see cref="MostDimensions"/> at most.</param>
    /// <param name="bytes">Those of an element: 2, 4 or 8.</param>
    public static void Run(
        byte* to, ReadOnlySpan<long> toStrides, byte* from, ReadOnlySpan<long> fromStrides, ReadOnlySpan<long> sizes, int bytes)
    {
        var work = new Work { To = to, From = from };
        if (sizes.Contains(0)) return;

        // What lies alike on both sides is one dimension.
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] == 1) continue;
            int last = work.Rank - 1;
            if (last >= 0 && work.ToStrides[last] == sizes[i] * toStrides[i]
                && work.FromStrides[last] == sizes[i] * fromStrides[i])
            {
                work.Sizes[last] *= sizes[i];
                (work.ToStrides[last], work.FromStrides[last]) = (toStrides[i], fromStrides[i]);
                continue;
            }

            work.Add(sizes[i], toStrides[i], fromStrides[i]);
        }

        if (work.Rank == 0) work.Add(1, 1, 1);
        int inner = work.Rank - 1;
        work.IsTransposed = work.Rank > 1 && work.FromStrides[inner] != 1 && work.FromStrides[inner - 1] == 1
            && work.ToStrides[inner] == 1;
        long rows = 1;
        for (int i = 0; i < (work.IsTransposed ? inner - 1 : inner); i++) rows *= work.Sizes[i];
        if (work.IsTransposed) rows *= work.Tiles = (work.Sizes[inner - 1] + Tile - 1) / Tile;
        long size = work.Sizes[inner] * (work.IsTransposed ? Tile : 1);
        switch (bytes)
        {
            case sizeof(long):
                ParallelLoop.Run(rows, size, &RunRows<long>, &work);
                break;
            case sizeof(int):
                ParallelLoop.Run(rows, size, &RunRows<int>, &work);
                break;
            default:
                ParallelLoop.Run(rows, size, &RunRows<short>, &work);
                break;
        }
    }

    private static void RunRows<T>(long begin, long end, void* context)
        where T : unmanaged
    {
        ref var work = ref *(Work*)context;
        int inner = work.Rank - 1;
        for (long row = begin; row < end; row++)
        {
            T* to = (T*)work.To, from = (T*)work.From;
            long rest = row;
            int outer = inner - 1;
            long first = 0;
            if (work.IsTransposed)
            {
                first = rest % work.Tiles * Tile;
                rest /= work.Tiles;
                outer--;
            }

            for (; outer >= 0; outer--)
            {
                long place = rest % work.Sizes[outer];
                rest /= work.Sizes[outer];
                to += place * work.ToStrides[outer];
                from += place * work.FromStrides[outer];
            }

            long count = work.Sizes[inner];
            if (work.IsTransposed)
                Transpose(to, from, first, Math.Min(first + Tile, work.Sizes[inner - 1]), work.ToStrides[inner - 1], count,
                    work.FromStrides[inner]);
            else if (work.ToStrides[inner] == 1 && work.FromStrides[inner] == 1)
                new ReadOnlySpan<T>(from, checked((int)count)).CopyTo(new Span<T>(to, (int)count));
            else
                for (long i = 0; i < count; i++) to[i * work.ToStrides[inner]] = from[i * work.FromStrides[inner]];
        }
    }

    // Rows of what is written are columns of what is read.
    private static void Transpose<T>(T* to, T* from, long first, long last, long toStride, long count, long fromStride)
        where T : unmanaged
    {
        for (long start = 0; start < count; start += Tile)
        {
            long stop = Math.Min(start + Tile, count);
            for (long row = first; row < last; row++)
            {
                T* line = to + row * toStride, column = from + row;
                for (long i = start; i < stop; i++) line[i] = column[i * fromStride];
            }
        }
    }

    private struct Work
    {
        public byte* To, From;
        public int Rank;
        public bool IsTransposed;
        public long Tiles;
        public fixed long Sizes[MostDimensions];
        public fixed long ToStrides[MostDimensions];
        public fixed long FromStrides[MostDimensions];

        public void Add(long size, long toStride, long fromStride)
        {
            (Sizes[Rank], ToStrides[Rank], FromStrides[Rank]) = (size, toStride, fromStride);
            Rank++;
        }
    }
}
