using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime;

/// <summary>
/// The innermost loops of a product: a tile of the result stays in the processor's vector registers while the loop goes down
/// the panels. Of 32 registers of 16 numbers, 24 hold a tile of 12 x 32.
/// </summary>
/// <remarks>
/// A panel of the left matrix has its rows beside each other, step by step down the depth: element (r, p) stands at p * rows + r.
/// One of the right matrix has its columns so: element (p, q) stands at p * columns + q. The order of additions down the depth
/// is that of a plain loop, whatever the tile.
/// </remarks>
internal static unsafe class ProductKernel
{
    /// <summary>Rows of the large tile, and of the small one for what is left below it.</summary>
    public const int Rows = 12, FewRows = 4;

    /// <summary>Columns of a tile, and of one for results that are narrow.</summary>
    public const int Columns = 32, FewColumns = 16;

    /// <summary>A tile of 12 x 32: c = a b, or c += a b; the rows of c lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Large(long depth, float* a, float* b, float* c, long stride, bool add)
    {
        Vector512<float> c0a = Vector512<float>.Zero, c0b = Vector512<float>.Zero;
        Vector512<float> c1a = Vector512<float>.Zero, c1b = Vector512<float>.Zero;
        Vector512<float> c2a = Vector512<float>.Zero, c2b = Vector512<float>.Zero;
        Vector512<float> c3a = Vector512<float>.Zero, c3b = Vector512<float>.Zero;
        Vector512<float> c4a = Vector512<float>.Zero, c4b = Vector512<float>.Zero;
        Vector512<float> c5a = Vector512<float>.Zero, c5b = Vector512<float>.Zero;
        Vector512<float> c6a = Vector512<float>.Zero, c6b = Vector512<float>.Zero;
        Vector512<float> c7a = Vector512<float>.Zero, c7b = Vector512<float>.Zero;
        Vector512<float> c8a = Vector512<float>.Zero, c8b = Vector512<float>.Zero;
        Vector512<float> c9a = Vector512<float>.Zero, c9b = Vector512<float>.Zero;
        Vector512<float> c10a = Vector512<float>.Zero, c10b = Vector512<float>.Zero;
        Vector512<float> c11a = Vector512<float>.Zero, c11b = Vector512<float>.Zero;
        Announce(c, stride, Rows);
        for (long p = 0; p < depth; p++, a += 12, b += 32)
        {
            Vector512<float> ba = Vector512.Load(b), bb = Vector512.Load(b + 16);
            var x0 = Vector512.Create(a[0]);
            c0a = Vector512.FusedMultiplyAdd(x0, ba, c0a);
            c0b = Vector512.FusedMultiplyAdd(x0, bb, c0b);
            var x1 = Vector512.Create(a[1]);
            c1a = Vector512.FusedMultiplyAdd(x1, ba, c1a);
            c1b = Vector512.FusedMultiplyAdd(x1, bb, c1b);
            var x2 = Vector512.Create(a[2]);
            c2a = Vector512.FusedMultiplyAdd(x2, ba, c2a);
            c2b = Vector512.FusedMultiplyAdd(x2, bb, c2b);
            var x3 = Vector512.Create(a[3]);
            c3a = Vector512.FusedMultiplyAdd(x3, ba, c3a);
            c3b = Vector512.FusedMultiplyAdd(x3, bb, c3b);
            var x4 = Vector512.Create(a[4]);
            c4a = Vector512.FusedMultiplyAdd(x4, ba, c4a);
            c4b = Vector512.FusedMultiplyAdd(x4, bb, c4b);
            var x5 = Vector512.Create(a[5]);
            c5a = Vector512.FusedMultiplyAdd(x5, ba, c5a);
            c5b = Vector512.FusedMultiplyAdd(x5, bb, c5b);
            var x6 = Vector512.Create(a[6]);
            c6a = Vector512.FusedMultiplyAdd(x6, ba, c6a);
            c6b = Vector512.FusedMultiplyAdd(x6, bb, c6b);
            var x7 = Vector512.Create(a[7]);
            c7a = Vector512.FusedMultiplyAdd(x7, ba, c7a);
            c7b = Vector512.FusedMultiplyAdd(x7, bb, c7b);
            var x8 = Vector512.Create(a[8]);
            c8a = Vector512.FusedMultiplyAdd(x8, ba, c8a);
            c8b = Vector512.FusedMultiplyAdd(x8, bb, c8b);
            var x9 = Vector512.Create(a[9]);
            c9a = Vector512.FusedMultiplyAdd(x9, ba, c9a);
            c9b = Vector512.FusedMultiplyAdd(x9, bb, c9b);
            var x10 = Vector512.Create(a[10]);
            c10a = Vector512.FusedMultiplyAdd(x10, ba, c10a);
            c10b = Vector512.FusedMultiplyAdd(x10, bb, c10b);
            var x11 = Vector512.Create(a[11]);
            c11a = Vector512.FusedMultiplyAdd(x11, ba, c11a);
            c11b = Vector512.FusedMultiplyAdd(x11, bb, c11b);
        }

        Put(c, add, c0a, c0b);
        Put(c + stride, add, c1a, c1b);
        Put(c + 2 * stride, add, c2a, c2b);
        Put(c + 3 * stride, add, c3a, c3b);
        Put(c + 4 * stride, add, c4a, c4b);
        Put(c + 5 * stride, add, c5a, c5b);
        Put(c + 6 * stride, add, c6a, c6b);
        Put(c + 7 * stride, add, c7a, c7b);
        Put(c + 8 * stride, add, c8a, c8b);
        Put(c + 9 * stride, add, c9a, c9b);
        Put(c + 10 * stride, add, c10a, c10b);
        Put(c + 11 * stride, add, c11a, c11b);
    }

    /// <summary>A tile of 4 x 32: c = a b, or c += a b; the rows of c lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Low(long depth, float* a, float* b, float* c, long stride, bool add)
    {
        Vector512<float> c0a = Vector512<float>.Zero, c0b = Vector512<float>.Zero;
        Vector512<float> c1a = Vector512<float>.Zero, c1b = Vector512<float>.Zero;
        Vector512<float> c2a = Vector512<float>.Zero, c2b = Vector512<float>.Zero;
        Vector512<float> c3a = Vector512<float>.Zero, c3b = Vector512<float>.Zero;
        for (long p = 0; p < depth; p++, a += 4, b += 32)
        {
            Vector512<float> ba = Vector512.Load(b), bb = Vector512.Load(b + 16);
            var x0 = Vector512.Create(a[0]);
            c0a = Vector512.FusedMultiplyAdd(x0, ba, c0a);
            c0b = Vector512.FusedMultiplyAdd(x0, bb, c0b);
            var x1 = Vector512.Create(a[1]);
            c1a = Vector512.FusedMultiplyAdd(x1, ba, c1a);
            c1b = Vector512.FusedMultiplyAdd(x1, bb, c1b);
            var x2 = Vector512.Create(a[2]);
            c2a = Vector512.FusedMultiplyAdd(x2, ba, c2a);
            c2b = Vector512.FusedMultiplyAdd(x2, bb, c2b);
            var x3 = Vector512.Create(a[3]);
            c3a = Vector512.FusedMultiplyAdd(x3, ba, c3a);
            c3b = Vector512.FusedMultiplyAdd(x3, bb, c3b);
        }

        Put(c, add, c0a, c0b);
        Put(c + stride, add, c1a, c1b);
        Put(c + 2 * stride, add, c2a, c2b);
        Put(c + 3 * stride, add, c3a, c3b);
    }

    /// <summary>A tile of 12 x 16: c = a b, or c += a b; the rows of c lie <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow(long depth, float* a, float* b, float* c, long stride, bool add)
    {
        Vector512<float> c0a = Vector512<float>.Zero;
        Vector512<float> c1a = Vector512<float>.Zero;
        Vector512<float> c2a = Vector512<float>.Zero;
        Vector512<float> c3a = Vector512<float>.Zero;
        Vector512<float> c4a = Vector512<float>.Zero;
        Vector512<float> c5a = Vector512<float>.Zero;
        Vector512<float> c6a = Vector512<float>.Zero;
        Vector512<float> c7a = Vector512<float>.Zero;
        Vector512<float> c8a = Vector512<float>.Zero;
        Vector512<float> c9a = Vector512<float>.Zero;
        Vector512<float> c10a = Vector512<float>.Zero;
        Vector512<float> c11a = Vector512<float>.Zero;
        for (long p = 0; p < depth; p++, a += 12, b += 16)
        {
            Vector512<float> ba = Vector512.Load(b);
            c0a = Vector512.FusedMultiplyAdd(Vector512.Create(a[0]), ba, c0a);
            c1a = Vector512.FusedMultiplyAdd(Vector512.Create(a[1]), ba, c1a);
            c2a = Vector512.FusedMultiplyAdd(Vector512.Create(a[2]), ba, c2a);
            c3a = Vector512.FusedMultiplyAdd(Vector512.Create(a[3]), ba, c3a);
            c4a = Vector512.FusedMultiplyAdd(Vector512.Create(a[4]), ba, c4a);
            c5a = Vector512.FusedMultiplyAdd(Vector512.Create(a[5]), ba, c5a);
            c6a = Vector512.FusedMultiplyAdd(Vector512.Create(a[6]), ba, c6a);
            c7a = Vector512.FusedMultiplyAdd(Vector512.Create(a[7]), ba, c7a);
            c8a = Vector512.FusedMultiplyAdd(Vector512.Create(a[8]), ba, c8a);
            c9a = Vector512.FusedMultiplyAdd(Vector512.Create(a[9]), ba, c9a);
            c10a = Vector512.FusedMultiplyAdd(Vector512.Create(a[10]), ba, c10a);
            c11a = Vector512.FusedMultiplyAdd(Vector512.Create(a[11]), ba, c11a);
        }

        Put(c, add, c0a);
        Put(c + stride, add, c1a);
        Put(c + 2 * stride, add, c2a);
        Put(c + 3 * stride, add, c3a);
        Put(c + 4 * stride, add, c4a);
        Put(c + 5 * stride, add, c5a);
        Put(c + 6 * stride, add, c6a);
        Put(c + 7 * stride, add, c7a);
        Put(c + 8 * stride, add, c8a);
        Put(c + 9 * stride, add, c9a);
        Put(c + 10 * stride, add, c10a);
        Put(c + 11 * stride, add, c11a);
    }

    /// <summary>The same tile of a left matrix that is read where it lies: of a narrow result each of its numbers is used once,
    /// which laying out is not worth. Its columns lie side by side, its rows <paramref name="rowStride"/> apart.</summary>
    // Not one loop with Narrow, its strides inlined as constants: that takes a fifth more time of a step of the bench's gcn.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void NarrowInPlace(long depth, float* a, long rowStride, float* b, float* c, long stride, bool add)
    {
        Vector512<float> c0a = Vector512<float>.Zero;
        Vector512<float> c1a = Vector512<float>.Zero;
        Vector512<float> c2a = Vector512<float>.Zero;
        Vector512<float> c3a = Vector512<float>.Zero;
        Vector512<float> c4a = Vector512<float>.Zero;
        Vector512<float> c5a = Vector512<float>.Zero;
        Vector512<float> c6a = Vector512<float>.Zero;
        Vector512<float> c7a = Vector512<float>.Zero;
        Vector512<float> c8a = Vector512<float>.Zero;
        Vector512<float> c9a = Vector512<float>.Zero;
        Vector512<float> c10a = Vector512<float>.Zero;
        Vector512<float> c11a = Vector512<float>.Zero;
        float* third = a + 3 * rowStride, sixth = a + 6 * rowStride, ninth = a + 9 * rowStride;
        long twice = 2 * rowStride;
        float* next = a + Rows * rowStride;
        for (long p = 0; p < depth; p++, a++, third++, sixth++, ninth++, b += 16)
        {
            // Nearly always the rows below are read next, each from far away: a cache line of each, once a line.
            if (Sse.IsSupported && p % 16 == 0)
                for (float* row = next + p; row < next + p + Rows * rowStride; row += rowStride) Sse.Prefetch0(row);
            Vector512<float> ba = Vector512.Load(b);
            c0a = Vector512.FusedMultiplyAdd(Vector512.Create(a[0]), ba, c0a);
            c1a = Vector512.FusedMultiplyAdd(Vector512.Create(a[rowStride]), ba, c1a);
            c2a = Vector512.FusedMultiplyAdd(Vector512.Create(a[twice]), ba, c2a);
            c3a = Vector512.FusedMultiplyAdd(Vector512.Create(third[0]), ba, c3a);
            c4a = Vector512.FusedMultiplyAdd(Vector512.Create(third[rowStride]), ba, c4a);
            c5a = Vector512.FusedMultiplyAdd(Vector512.Create(third[twice]), ba, c5a);
            c6a = Vector512.FusedMultiplyAdd(Vector512.Create(sixth[0]), ba, c6a);
            c7a = Vector512.FusedMultiplyAdd(Vector512.Create(sixth[rowStride]), ba, c7a);
            c8a = Vector512.FusedMultiplyAdd(Vector512.Create(sixth[twice]), ba, c8a);
            c9a = Vector512.FusedMultiplyAdd(Vector512.Create(ninth[0]), ba, c9a);
            c10a = Vector512.FusedMultiplyAdd(Vector512.Create(ninth[rowStride]), ba, c10a);
            c11a = Vector512.FusedMultiplyAdd(Vector512.Create(ninth[twice]), ba, c11a);
        }

        Put(c, add, c0a);
        Put(c + stride, add, c1a);
        Put(c + 2 * stride, add, c2a);
        Put(c + 3 * stride, add, c3a);
        Put(c + 4 * stride, add, c4a);
        Put(c + 5 * stride, add, c5a);
        Put(c + 6 * stride, add, c6a);
        Put(c + 7 * stride, add, c7a);
        Put(c + 8 * stride, add, c8a);
        Put(c + 9 * stride, add, c9a);
        Put(c + 10 * stride, add, c10a);
        Put(c + 11 * stride, add, c11a);
    }

    /// <summary>c += a b for 16 rows and 16 columns of c that lie without gaps, and a few steps of the depth: the right matrix is
    /// read once, where it lies.</summary>
    /// <param name="depth">Rows of b.</param>
    /// <param name="a">A panel of 16 rows.</param>
    /// <param name="b">16 columns side by side.</param>
    /// <param name="rowStride">Elements from a row of b to the next.</param>
    /// <param name="c">256 sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FewRowsInPlace(long depth, float* a, float* b, long rowStride, float* c)
    {
        Vector512<float> c0 = Vector512.Load(c), c1 = Vector512.Load(c + 16);
        Vector512<float> c2 = Vector512.Load(c + 32), c3 = Vector512.Load(c + 48);
        Vector512<float> c4 = Vector512.Load(c + 64), c5 = Vector512.Load(c + 80);
        Vector512<float> c6 = Vector512.Load(c + 96), c7 = Vector512.Load(c + 112);
        Vector512<float> c8 = Vector512.Load(c + 128), c9 = Vector512.Load(c + 144);
        Vector512<float> c10 = Vector512.Load(c + 160), c11 = Vector512.Load(c + 176);
        Vector512<float> c12 = Vector512.Load(c + 192), c13 = Vector512.Load(c + 208);
        Vector512<float> c14 = Vector512.Load(c + 224), c15 = Vector512.Load(c + 240);
        for (long p = 0; p < depth; p++, a += 16, b += rowStride)
        {
            Vector512<float> row = Vector512.Load(b);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(a[0]), row, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Create(a[1]), row, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Create(a[2]), row, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Create(a[3]), row, c3);
            c4 = Vector512.FusedMultiplyAdd(Vector512.Create(a[4]), row, c4);
            c5 = Vector512.FusedMultiplyAdd(Vector512.Create(a[5]), row, c5);
            c6 = Vector512.FusedMultiplyAdd(Vector512.Create(a[6]), row, c6);
            c7 = Vector512.FusedMultiplyAdd(Vector512.Create(a[7]), row, c7);
            c8 = Vector512.FusedMultiplyAdd(Vector512.Create(a[8]), row, c8);
            c9 = Vector512.FusedMultiplyAdd(Vector512.Create(a[9]), row, c9);
            c10 = Vector512.FusedMultiplyAdd(Vector512.Create(a[10]), row, c10);
            c11 = Vector512.FusedMultiplyAdd(Vector512.Create(a[11]), row, c11);
            c12 = Vector512.FusedMultiplyAdd(Vector512.Create(a[12]), row, c12);
            c13 = Vector512.FusedMultiplyAdd(Vector512.Create(a[13]), row, c13);
            c14 = Vector512.FusedMultiplyAdd(Vector512.Create(a[14]), row, c14);
            c15 = Vector512.FusedMultiplyAdd(Vector512.Create(a[15]), row, c15);
        }

        c0.Store(c);
        c1.Store(c + 16);
        c2.Store(c + 32);
        c3.Store(c + 48);
        c4.Store(c + 64);
        c5.Store(c + 80);
        c6.Store(c + 96);
        c7.Store(c + 112);
        c8.Store(c + 128);
        c9.Store(c + 144);
        c10.Store(c + 160);
        c11.Store(c + 176);
        c12.Store(c + 192);
        c13.Store(c + 208);
        c14.Store(c + 224);
        c15.Store(c + 240);
    }

    // The tile is read or written when the sums are complete: by then it should have come from the third cache.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Announce(float* c, long stride, int rows)
    {
        for (int i = 0; Sse.IsSupported && i < rows; i++, c += stride)
        {
            Sse.Prefetch0(c);
            Sse.Prefetch0(c + 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* c, bool add, Vector512<float> left, Vector512<float> right)
    {
        Put(c, add, left);
        Put(c + 16, add, right);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* c, bool add, Vector512<float> values) =>
        (add ? Vector512.Load(c) + values : values).Store(c);
}
