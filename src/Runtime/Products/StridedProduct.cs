using System.Runtime.CompilerServices;

namespace Dsl.Runtime;

/// <summary>
/// Products of matrices of 32-bit numbers with any strides, in blocks that fit into the caches, on libtorch's own threads where
/// there is much to do. An element of the result is the sum in the order of the depth, in blocks of <see cref="Panels.Depth"/>:
/// it depends neither on the number of threads nor on the rest of the matrix.
/// </summary>
internal static unsafe class StridedProduct
{
    // Multiplications that are worth an element of an elementwise loop: a thread is worth some microseconds.
    private const long OfAnElement = 64;

    /// <summary>c = a b, or c += a b. The columns of c, or its rows, lie side by side; none of the three is empty.</summary>
    public static void Run(in StridedMatrix a, in StridedMatrix b, in StridedMatrix c, bool add)
    {
        if (c.ColumnStride != 1)
        {
            // cᵀ = bᵀ aᵀ.
            Run(b.Transposed, a.Transposed, c.Transposed, add);
            return;
        }

        var work = new Work(a, b, c, add);
        long workOfColumns = a.Rows * a.Columns * ProductKernel.Columns, workOfRows = b.Rows * b.Columns * ProductKernel.Rows;
        if (c.Columns >= c.Rows)
        {
            long count = (c.Columns + ProductKernel.Columns - 1) / ProductKernel.Columns;
            ParallelLoop.Run(count, Math.Max(1, workOfColumns / OfAnElement), &RunColumns, &work);
        }
        else
        {
            long count = (c.Rows + ProductKernel.Rows - 1) / ProductKernel.Rows;
            ParallelLoop.Run(count, Math.Max(1, workOfRows / OfAnElement), &RunRows, &work);
        }
    }

    /// <summary>The products of many pairs, [B, n, k] and [B, k, m] into [B, n, m] without gaps; none is empty.</summary>
    public static void RunMany(in TensorLayout a, in TensorLayout b, in TensorLayout c)
    {
        var work = new ManyWork(
            new Work(a.Matrix(1), b.Matrix(1), c.Matrix(1), add: false), a.Strides[0], b.Strides[0], c.Strides[0]);
        long products = a.Sizes[1] * a.Sizes[2] * b.Sizes[2];
        ParallelLoop.Run(a.Sizes[0], Math.Max(1, products / OfAnElement), &RunPairs, &work);
    }

    /// <summary>c += a b with panels of b that <see cref="LayWhole"/> has laid out before; the columns of c lie side by
    /// side.</summary>
    public static void AddLaid(in StridedMatrix a, in StridedMatrix b, float* laid, in StridedMatrix c)
    {
        var work = new Work(a, b, c, add: true, laid);
        long count = (c.Rows + ProductKernel.Rows - 1) / ProductKernel.Rows;
        ParallelLoop.Run(count, Math.Max(1, b.Rows * b.Columns * ProductKernel.Rows / OfAnElement), &RunRows, &work);
    }

    /// <summary>The same, on this thread.</summary>
    public static void AddLaidHere(in StridedMatrix a, in StridedMatrix b, float* laid, in StridedMatrix c) =>
        RunHere(a, b, c, add: true, laid);

    /// <summary>Elements that the panels of a right factor take.</summary>
    public static long SizeOf(in StridedMatrix b) => b.Rows * Rounded(b.Columns);

    /// <summary>Lays out all of a right factor, for many products with it.</summary>
    public static void LayWhole(in StridedMatrix b, float* to)
    {
        for (long column = 0; column < b.Columns; column += Panels.Columns)
        {
            long columns = Math.Min(Panels.Columns, b.Columns - column);
            for (long place = 0; place < b.Rows; place += Panels.Depth)
            {
                long depth = Math.Min(Panels.Depth, b.Rows - place);
                LayBlock(b.RowsFrom(place, depth).ColumnsFrom(column, columns), WidthFor(b.Columns), to);
                to += depth * Rounded(columns);
            }
        }
    }

    // A narrow result is not worth columns of zeros.
    private static int WidthFor(long columns) =>
        columns <= ProductKernel.FewColumns ? ProductKernel.FewColumns : ProductKernel.Columns;

    private static long Rounded(long columns) => (columns + WidthFor(columns) - 1) / WidthFor(columns) * WidthFor(columns);

    private static void LayBlock(in StridedMatrix block, int width, float* to)
    {
        var right = block.Transposed;
        for (long j = 0; j < block.Columns; j += width)
            Panels.Lay(right.RowsFrom(j, Math.Min(width, block.Columns - j)), width, to + j * block.Rows);
    }

    /// <summary>c = a b, or c += a b, on this thread; the columns of c lie side by side.</summary>
    private static void RunHere(in StridedMatrix a, in StridedMatrix b, in StridedMatrix c, bool add, float* laid = null)
    {
        if (laid == null && FewRowsProduct.Takes(a, b, c))
        {
            FewRowsProduct.Run(a, b, c, add);
            return;
        }

        int width = WidthFor(c.Columns);
        bool isNarrow = width == ProductKernel.FewColumns;
        var panels = Panels.Mine;
        for (long column = 0; column < c.Columns; column += Panels.Columns)
        {
            long columns = Math.Min(Panels.Columns, c.Columns - column);
            for (long place = 0; place < a.Columns; place += Panels.Depth)
            {
                long depth = Math.Min(Panels.Depth, a.Columns - place);
                float* right = laid;
                if (laid == null)
                {
                    right = panels.Right;
                    LayBlock(b.RowsFrom(place, depth).ColumnsFrom(column, columns), width, right);
                }

                for (long row = 0; row < c.Rows; row += Panels.Rows)
                {
                    long rows = Math.Min(Panels.Rows, c.Rows - row);
                    var left = a.RowsFrom(row, rows).ColumnsFrom(place, depth);
                    var result = c.RowsFrom(row, rows).ColumnsFrom(column, columns);
                    RunBlock(left, right, result, depth, isNarrow, add || place > 0, panels);
                }

                if (laid != null) laid += depth * Rounded(columns);
            }
        }
    }

    // A block of rows times all panels of columns that are laid out.
    private static void RunBlock(
        in StridedMatrix a, float* right, in StridedMatrix c, long depth, bool isNarrow, bool add, Panels panels)
    {
        if (isNarrow && a.ColumnStride == 1 && c.Columns == ProductKernel.FewColumns)
        {
            // The rows below the last whole tile are laid out, as all are elsewhere.
            long whole = a.Rows / ProductKernel.Rows * ProductKernel.Rows;
            for (long i = 0; i < whole; i += ProductKernel.Rows)
            {
                ProductKernel.NarrowInPlace(depth, a.First + i * a.RowStride, a.RowStride, right, c.First + i * c.RowStride,
                    c.RowStride, add);
            }

            long rest = a.Rows - whole;
            if (rest > 0) RunLaidBlock(a.RowsFrom(whole, rest), right, c.RowsFrom(whole, rest), depth, isNarrow, add, panels);
            return;
        }

        RunLaidBlock(a, right, c, depth, isNarrow, add, panels);
    }

    private static void RunLaidBlock(
        in StridedMatrix a, float* right, in StridedMatrix c, long depth, bool isNarrow, bool add, Panels panels)
    {
        float* left = panels.Left;
        long together = a.RowStride == 1 ? a.Rows / ProductKernel.Rows * ProductKernel.Rows : 0;
        if (together > 0) Panels.LayTogether(a.RowsFrom(0, together), ProductKernel.Rows, left);
        left += together * depth;
        for (long i = together; i < a.Rows;)
        {
            int height = Height(a.Rows - i, isNarrow);
            long rows = Math.Min(height, a.Rows - i);
            Panels.Lay(a.RowsFrom(i, rows), height, left);
            left += height * depth;
            i += rows;
        }

        int width = isNarrow ? ProductKernel.FewColumns : ProductKernel.Columns;
        float* edge = stackalloc float[ProductKernel.Rows * ProductKernel.Columns];
        for (long j = 0; j < c.Columns; j += width)
        {
            left = panels.Left;
            for (long i = 0; i < a.Rows;)
            {
                int height = Height(a.Rows - i, isNarrow);
                long rows = Math.Min(height, a.Rows - i), columns = Math.Min(width, c.Columns - j);
                float* tile = c.First + i * c.RowStride + j;
                if (rows == height && columns == width)
                {
                    RunTile(height, isNarrow, depth, left, right + j * depth, tile, c.RowStride, add);
                }
                else
                {
                    RunTile(height, isNarrow, depth, left, right + j * depth, edge, width, false);
                    CopyEdge(edge, width, tile, c.RowStride, rows, columns, add);
                }

                left += height * depth;
                i += rows;
            }
        }
    }

    // Rows that are left below the large tiles are taken four at a time; narrow tiles have one height.
    private static int Height(long rows, bool isNarrow) =>
        isNarrow || rows >= ProductKernel.Rows ? ProductKernel.Rows : ProductKernel.FewRows;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunTile(
        int height, bool isNarrow, long depth, float* left, float* right, float* tile, long stride, bool add)
    {
        if (isNarrow) ProductKernel.Narrow(depth, left, right, tile, stride, add);
        else if (height == ProductKernel.Rows) ProductKernel.Large(depth, left, right, tile, stride, add);
        else ProductKernel.Low(depth, left, right, tile, stride, add);
    }

    private static void CopyEdge(float* from, int width, float* to, long stride, long rows, long columns, bool add)
    {
        for (long i = 0; i < rows; i++, from += width, to += stride)
        {
            for (long j = 0; j < columns; j++) to[j] = add ? to[j] + from[j] : from[j];
        }
    }

    private static void RunColumns(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        long from = begin * ProductKernel.Columns, count = Math.Min(end * ProductKernel.Columns, work.C.Columns) - from;
        RunHere(work.A, work.B.ColumnsFrom(from, count), work.C.ColumnsFrom(from, count), work.Add);
    }

    private static void RunRows(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        long from = begin * ProductKernel.Rows, count = Math.Min(end * ProductKernel.Rows, work.C.Rows) - from;
        RunHere(work.A.RowsFrom(from, count), work.B, work.C.RowsFrom(from, count), work.Add, work.Laid);
    }

    private static void RunPairs(long begin, long end, void* context)
    {
        ref var work = ref *(ManyWork*)context;
        for (long i = begin; i < end; i++)
            RunHere(work.First.A.At(i * work.AStep), work.First.B.At(i * work.BStep), work.First.C.At(i * work.CStep), false);
    }

    private readonly struct ManyWork(in Work first, long aStep, long bStep, long cStep)
    {
        public readonly Work First = first;
        public readonly long AStep = aStep, BStep = bStep, CStep = cStep;
    }

    private readonly struct Work(in StridedMatrix a, in StridedMatrix b, in StridedMatrix c, bool add, float* laid = null)
    {
        public readonly float* Laid = laid;
        public readonly StridedMatrix A = a, B = b, C = c;
        public readonly bool Add = add;
    }
}
