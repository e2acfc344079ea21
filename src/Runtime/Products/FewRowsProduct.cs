using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime;

/// <summary>
/// A product of at most 16 rows with a matrix much larger than it, as the gradient of a layer's weights is where few features
/// come of many: the large matrix is read once, row by row, and never laid out. Its sums are those of
/// <see cref="StridedProduct"/>, bit for bit.
/// </summary>
internal static unsafe class FewRowsProduct
{
    /// <summary>Rows of a tile, and its columns.</summary>
    private const int Side = ProductKernel.FewColumns;

    // Rows of the large matrix that are read together: as many streams as the processor reads ahead.
    private const int Together = 8;

    // Below, what is read is in the caches anyway.
    private const int LeastDepth = 64, LeastColumns = 256;

    /// <summary>Whether it takes a product.</summary>
    public static bool Takes(in StridedMatrix a, in StridedMatrix b, in StridedMatrix c) =>
        c.Rows is > Side / 2 and <= Side && b.ColumnStride == 1 && c.ColumnStride == 1 && a.Columns >= LeastDepth
        && c.Columns >= LeastColumns;

    /// <summary>c = a b, or c += a b, on this thread.</summary>
    public static void Run(in StridedMatrix a, in StridedMatrix b, in StridedMatrix c, bool add)
    {
        var panels = Panels.Mine;
        float* edge = stackalloc float[Together * Side];
        for (long column = 0; column < c.Columns; column += Panels.Columns)
        {
            long columns = Math.Min(Panels.Columns, c.Columns - column);
            for (long place = 0; place < a.Columns; place += Panels.Depth)
            {
                long depth = Math.Min(Panels.Depth, a.Columns - place);
                Panels.Lay(a.ColumnsFrom(place, depth), Side, panels.Left);
                float* sums = panels.Right;
                new Span<float>(sums, Side * (int)(columns + Side)).Clear();
                var large = b.RowsFrom(place, depth).ColumnsFrom(column, columns);
                for (long p = 0; p < depth; p += Together)
                {
                    long rows = Math.Min(Together, depth - p);
                    float* left = panels.Left + p * Side, right = large.First + p * large.RowStride;
                    long j = 0;
                    for (; j + Side <= columns; j += Side)
                    {
                        // The rows below, which come next.
                        float* below = right + j + Together * large.RowStride;
                        for (int r = 0; Sse.IsSupported && r < Together; r++, below += large.RowStride) Sse.Prefetch0(below);
                        ProductKernel.FewRowsInPlace(rows, left, right + j, large.RowStride, sums + j * Side);
                    }

                    if (j == columns) continue;
                    for (long r = 0; r < rows; r++)
                        new Span<float>(right + r * large.RowStride + j, (int)(columns - j)).CopyTo(new(edge + r * Side, Side));
                    ProductKernel.FewRowsInPlace(rows, left, edge, Side, sums + j * Side);
                }

                Put(sums, c.ColumnsFrom(column, columns), add || place > 0);
            }
        }
    }

    private static void Put(float* sums, in StridedMatrix c, bool add)
    {
        for (long i = 0; i < c.Rows; i++)
        {
            float* row = c.First + i * c.RowStride, tile = sums + i * Side;
            long j = 0;
            for (; j + Side <= c.Columns; j += Side, tile += Side * Side)
            {
                var sum = Vector512.Load(tile);
                Vector512.Store(add ? Vector512.Load(row + j) + sum : sum, row + j);
            }

            for (long k = j; k < c.Columns; k++) row[k] = add ? row[k] + tile[k - j] : tile[k - j];
        }
    }
}
