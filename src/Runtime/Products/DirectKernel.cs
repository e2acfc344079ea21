using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime;

/// <summary>
/// The innermost loops of a convolution of few channels: a tile of output channels and places stays in the processor's
/// vector registers while the loop goes over the window's elements, whose numbers are read where they lie
/// (<see cref="ColumnPlanes"/>).
/// </summary>
/// <remarks>
/// Weights lie in panels, the tile's channels beside each other for each element of the window. The places of a tile are
/// neighbours: those that an element of the window reads are as many numbers from <c>b + offsets[p]</c>. A sum begins with its
/// channel's number of <c>start</c> and goes over the window in one order, whatever the tile. The channels of c lie
/// <c>stride</c> apart.
/// </remarks>
internal static unsafe class DirectKernel
{
    /// <summary>Channels of a tile, and its places.</summary>
    public const int Rows = 8, Columns = 48;

    /// <summary>Those of a tile for few channels.</summary>
    public const int FewRows = 6, ManyColumns = 64;

    /// <summary>Places of a tile where few are left.</summary>
    public const int FewColumns = 16;

    /// <summary>8 channels, 48 places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Large(
        long depth, float* a, float* b, long* offsets, float* start, float* c, long stride)
    {
        Vector512<float> c0a = Vector512.Create(start[0]), c0b = c0a, c0c = c0a;
        Vector512<float> c1a = Vector512.Create(start[1]), c1b = c1a, c1c = c1a;
        Vector512<float> c2a = Vector512.Create(start[2]), c2b = c2a, c2c = c2a;
        Vector512<float> c3a = Vector512.Create(start[3]), c3b = c3a, c3c = c3a;
        Vector512<float> c4a = Vector512.Create(start[4]), c4b = c4a, c4c = c4a;
        Vector512<float> c5a = Vector512.Create(start[5]), c5b = c5a, c5c = c5a;
        Vector512<float> c6a = Vector512.Create(start[6]), c6b = c6a, c6c = c6a;
        Vector512<float> c7a = Vector512.Create(start[7]), c7b = c7a, c7c = c7a;
        for (long p = 0; p < depth; p++, a += 8)
        {
            float* from = b + offsets[p];
            var w = Vector512.Load(from);
            var x = Vector512.Load(from + 16);
            var y = Vector512.Load(from + 32);
            var a0 = Vector512.Create(a[0]);
            c0a = Vector512.FusedMultiplyAdd(a0, w, c0a);
            c0b = Vector512.FusedMultiplyAdd(a0, x, c0b);
            c0c = Vector512.FusedMultiplyAdd(a0, y, c0c);
            var a1 = Vector512.Create(a[1]);
            c1a = Vector512.FusedMultiplyAdd(a1, w, c1a);
            c1b = Vector512.FusedMultiplyAdd(a1, x, c1b);
            c1c = Vector512.FusedMultiplyAdd(a1, y, c1c);
            var a2 = Vector512.Create(a[2]);
            c2a = Vector512.FusedMultiplyAdd(a2, w, c2a);
            c2b = Vector512.FusedMultiplyAdd(a2, x, c2b);
            c2c = Vector512.FusedMultiplyAdd(a2, y, c2c);
            var a3 = Vector512.Create(a[3]);
            c3a = Vector512.FusedMultiplyAdd(a3, w, c3a);
            c3b = Vector512.FusedMultiplyAdd(a3, x, c3b);
            c3c = Vector512.FusedMultiplyAdd(a3, y, c3c);
            var a4 = Vector512.Create(a[4]);
            c4a = Vector512.FusedMultiplyAdd(a4, w, c4a);
            c4b = Vector512.FusedMultiplyAdd(a4, x, c4b);
            c4c = Vector512.FusedMultiplyAdd(a4, y, c4c);
            var a5 = Vector512.Create(a[5]);
            c5a = Vector512.FusedMultiplyAdd(a5, w, c5a);
            c5b = Vector512.FusedMultiplyAdd(a5, x, c5b);
            c5c = Vector512.FusedMultiplyAdd(a5, y, c5c);
            var a6 = Vector512.Create(a[6]);
            c6a = Vector512.FusedMultiplyAdd(a6, w, c6a);
            c6b = Vector512.FusedMultiplyAdd(a6, x, c6b);
            c6c = Vector512.FusedMultiplyAdd(a6, y, c6c);
            var a7 = Vector512.Create(a[7]);
            c7a = Vector512.FusedMultiplyAdd(a7, w, c7a);
            c7b = Vector512.FusedMultiplyAdd(a7, x, c7b);
            c7c = Vector512.FusedMultiplyAdd(a7, y, c7c);
        }

        c0a.Store(c);
        c0b.Store(c + 16);
        c0c.Store(c + 32);
        c1a.Store(c + stride);
        c1b.Store(c + stride + 16);
        c1c.Store(c + stride + 32);
        c2a.Store(c + 2 * stride);
        c2b.Store(c + 2 * stride + 16);
        c2c.Store(c + 2 * stride + 32);
        c3a.Store(c + 3 * stride);
        c3b.Store(c + 3 * stride + 16);
        c3c.Store(c + 3 * stride + 32);
        c4a.Store(c + 4 * stride);
        c4b.Store(c + 4 * stride + 16);
        c4c.Store(c + 4 * stride + 32);
        c5a.Store(c + 5 * stride);
        c5b.Store(c + 5 * stride + 16);
        c5c.Store(c + 5 * stride + 32);
        c6a.Store(c + 6 * stride);
        c6b.Store(c + 6 * stride + 16);
        c6c.Store(c + 6 * stride + 32);
        c7a.Store(c + 7 * stride);
        c7b.Store(c + 7 * stride + 16);
        c7c.Store(c + 7 * stride + 32);
    }

    /// <summary>8 channels, 16 places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow(
        long depth, float* a, float* b, long* offsets, float* start, float* c, long stride)
    {
        Vector512<float> c0 = Vector512.Create(start[0]);
        Vector512<float> c1 = Vector512.Create(start[1]);
        Vector512<float> c2 = Vector512.Create(start[2]);
        Vector512<float> c3 = Vector512.Create(start[3]);
        Vector512<float> c4 = Vector512.Create(start[4]);
        Vector512<float> c5 = Vector512.Create(start[5]);
        Vector512<float> c6 = Vector512.Create(start[6]);
        Vector512<float> c7 = Vector512.Create(start[7]);
        for (long p = 0; p < depth; p++, a += 8)
        {
            float* from = b + offsets[p];
            var places = Vector512.Load(from);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(a[0]), places, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Create(a[1]), places, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Create(a[2]), places, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Create(a[3]), places, c3);
            c4 = Vector512.FusedMultiplyAdd(Vector512.Create(a[4]), places, c4);
            c5 = Vector512.FusedMultiplyAdd(Vector512.Create(a[5]), places, c5);
            c6 = Vector512.FusedMultiplyAdd(Vector512.Create(a[6]), places, c6);
            c7 = Vector512.FusedMultiplyAdd(Vector512.Create(a[7]), places, c7);
        }

        c0.Store(c);
        c1.Store(c + stride);
        c2.Store(c + 2 * stride);
        c3.Store(c + 3 * stride);
        c4.Store(c + 4 * stride);
        c5.Store(c + 5 * stride);
        c6.Store(c + 6 * stride);
        c7.Store(c + 7 * stride);
    }

    /// <summary>6 channels, 64 places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LowLarge(
        long depth, float* a, float* b, long* offsets, float* start, float* c, long stride)
    {
        Vector512<float> c0a = Vector512.Create(start[0]), c0b = c0a, c0c = c0a, c0d = c0a;
        Vector512<float> c1a = Vector512.Create(start[1]), c1b = c1a, c1c = c1a, c1d = c1a;
        Vector512<float> c2a = Vector512.Create(start[2]), c2b = c2a, c2c = c2a, c2d = c2a;
        Vector512<float> c3a = Vector512.Create(start[3]), c3b = c3a, c3c = c3a, c3d = c3a;
        Vector512<float> c4a = Vector512.Create(start[4]), c4b = c4a, c4c = c4a, c4d = c4a;
        Vector512<float> c5a = Vector512.Create(start[5]), c5b = c5a, c5c = c5a, c5d = c5a;
        for (long p = 0; p < depth; p++, a += 6)
        {
            float* from = b + offsets[p];
            var w = Vector512.Load(from);
            var x = Vector512.Load(from + 16);
            var y = Vector512.Load(from + 32);
            var z = Vector512.Load(from + 48);
            var a0 = Vector512.Create(a[0]);
            c0a = Vector512.FusedMultiplyAdd(a0, w, c0a);
            c0b = Vector512.FusedMultiplyAdd(a0, x, c0b);
            c0c = Vector512.FusedMultiplyAdd(a0, y, c0c);
            c0d = Vector512.FusedMultiplyAdd(a0, z, c0d);
            var a1 = Vector512.Create(a[1]);
            c1a = Vector512.FusedMultiplyAdd(a1, w, c1a);
            c1b = Vector512.FusedMultiplyAdd(a1, x, c1b);
            c1c = Vector512.FusedMultiplyAdd(a1, y, c1c);
            c1d = Vector512.FusedMultiplyAdd(a1, z, c1d);
            var a2 = Vector512.Create(a[2]);
            c2a = Vector512.FusedMultiplyAdd(a2, w, c2a);
            c2b = Vector512.FusedMultiplyAdd(a2, x, c2b);
            c2c = Vector512.FusedMultiplyAdd(a2, y, c2c);
            c2d = Vector512.FusedMultiplyAdd(a2, z, c2d);
            var a3 = Vector512.Create(a[3]);
            c3a = Vector512.FusedMultiplyAdd(a3, w, c3a);
            c3b = Vector512.FusedMultiplyAdd(a3, x, c3b);
            c3c = Vector512.FusedMultiplyAdd(a3, y, c3c);
            c3d = Vector512.FusedMultiplyAdd(a3, z, c3d);
            var a4 = Vector512.Create(a[4]);
            c4a = Vector512.FusedMultiplyAdd(a4, w, c4a);
            c4b = Vector512.FusedMultiplyAdd(a4, x, c4b);
            c4c = Vector512.FusedMultiplyAdd(a4, y, c4c);
            c4d = Vector512.FusedMultiplyAdd(a4, z, c4d);
            var a5 = Vector512.Create(a[5]);
            c5a = Vector512.FusedMultiplyAdd(a5, w, c5a);
            c5b = Vector512.FusedMultiplyAdd(a5, x, c5b);
            c5c = Vector512.FusedMultiplyAdd(a5, y, c5c);
            c5d = Vector512.FusedMultiplyAdd(a5, z, c5d);
        }

        c0a.Store(c);
        c0b.Store(c + 16);
        c0c.Store(c + 32);
        c0d.Store(c + 48);
        c1a.Store(c + stride);
        c1b.Store(c + stride + 16);
        c1c.Store(c + stride + 32);
        c1d.Store(c + stride + 48);
        c2a.Store(c + 2 * stride);
        c2b.Store(c + 2 * stride + 16);
        c2c.Store(c + 2 * stride + 32);
        c2d.Store(c + 2 * stride + 48);
        c3a.Store(c + 3 * stride);
        c3b.Store(c + 3 * stride + 16);
        c3c.Store(c + 3 * stride + 32);
        c3d.Store(c + 3 * stride + 48);
        c4a.Store(c + 4 * stride);
        c4b.Store(c + 4 * stride + 16);
        c4c.Store(c + 4 * stride + 32);
        c4d.Store(c + 4 * stride + 48);
        c5a.Store(c + 5 * stride);
        c5b.Store(c + 5 * stride + 16);
        c5c.Store(c + 5 * stride + 32);
        c5d.Store(c + 5 * stride + 48);
    }

    /// <summary>6 channels, 16 places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LowNarrow(
        long depth, float* a, float* b, long* offsets, float* start, float* c, long stride)
    {
        Vector512<float> c0 = Vector512.Create(start[0]);
        Vector512<float> c1 = Vector512.Create(start[1]);
        Vector512<float> c2 = Vector512.Create(start[2]);
        Vector512<float> c3 = Vector512.Create(start[3]);
        Vector512<float> c4 = Vector512.Create(start[4]);
        Vector512<float> c5 = Vector512.Create(start[5]);
        for (long p = 0; p < depth; p++, a += 6)
        {
            float* from = b + offsets[p];
            var places = Vector512.Load(from);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(a[0]), places, c0);
            c1 = Vector512.FusedMultiplyAdd(Vector512.Create(a[1]), places, c1);
            c2 = Vector512.FusedMultiplyAdd(Vector512.Create(a[2]), places, c2);
            c3 = Vector512.FusedMultiplyAdd(Vector512.Create(a[3]), places, c3);
            c4 = Vector512.FusedMultiplyAdd(Vector512.Create(a[4]), places, c4);
            c5 = Vector512.FusedMultiplyAdd(Vector512.Create(a[5]), places, c5);
        }

        c0.Store(c);
        c1.Store(c + stride);
        c2.Store(c + 2 * stride);
        c3.Store(c + 3 * stride);
        c4.Store(c + 4 * stride);
        c5.Store(c + 5 * stride);
    }
}
