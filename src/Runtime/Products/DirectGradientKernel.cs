using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime;

/// <summary>
/// The innermost loops of a kernel's gradient that go along the places: a sum for each of some output channels and some elements
/// of the window, 16 places at once, stays in a register over all places of some samples.
/// </summary>
/// <remarks>
/// The outputs' gradients lie in rows of whole vectors, with zeros behind the places; element k of the window is read from
/// <c>images + offsets[k]</c>. The sums of an element stand beside each other, 8 for each, those of missing channels zeros.
/// </remarks>
internal static unsafe class DirectGradientKernel
{
    /// <summary>Output channels of a tile, and elements of the window.</summary>
    public const int Rows = 8, Columns = 3;

    /// <summary>Those of a tile for few channels.</summary>
    public const int FewRows = 6, ManyColumns = 4;

    /// <summary>8 channels, 3 elements of the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Large(
        in Extent extent, float* gradient, float* images, long* offsets, float* sums, bool add)
    {
        Vector512<float> c0a = Vector512<float>.Zero, c0b = Vector512<float>.Zero, c0c = Vector512<float>.Zero;
        Vector512<float> c1a = Vector512<float>.Zero, c1b = Vector512<float>.Zero, c1c = Vector512<float>.Zero;
        Vector512<float> c2a = Vector512<float>.Zero, c2b = Vector512<float>.Zero, c2c = Vector512<float>.Zero;
        Vector512<float> c3a = Vector512<float>.Zero, c3b = Vector512<float>.Zero, c3c = Vector512<float>.Zero;
        Vector512<float> c4a = Vector512<float>.Zero, c4b = Vector512<float>.Zero, c4c = Vector512<float>.Zero;
        Vector512<float> c5a = Vector512<float>.Zero, c5b = Vector512<float>.Zero, c5c = Vector512<float>.Zero;
        Vector512<float> c6a = Vector512<float>.Zero, c6b = Vector512<float>.Zero, c6c = Vector512<float>.Zero;
        Vector512<float> c7a = Vector512<float>.Zero, c7b = Vector512<float>.Zero, c7c = Vector512<float>.Zero;
        long row = extent.Row;
        for (long n = 0; n < extent.Samples; n++)
        {
            float* g = gradient + n * extent.GradientSample;
            float* x0 = images + n * extent.ImageSample + offsets[0];
            float* x1 = images + n * extent.ImageSample + offsets[1];
            float* x2 = images + n * extent.ImageSample + offsets[2];
            for (long q = 0; q < row; q += 16)
            {
                float* at = g + q;
                var w = Vector512.Load(x0 + q);
                var x = Vector512.Load(x1 + q);
                var y = Vector512.Load(x2 + q);
                var g0 = Vector512.Load(at);
                c0a = Vector512.FusedMultiplyAdd(g0, w, c0a);
                c0b = Vector512.FusedMultiplyAdd(g0, x, c0b);
                c0c = Vector512.FusedMultiplyAdd(g0, y, c0c);
                at += row;
                var g1 = Vector512.Load(at);
                c1a = Vector512.FusedMultiplyAdd(g1, w, c1a);
                c1b = Vector512.FusedMultiplyAdd(g1, x, c1b);
                c1c = Vector512.FusedMultiplyAdd(g1, y, c1c);
                at += row;
                var g2 = Vector512.Load(at);
                c2a = Vector512.FusedMultiplyAdd(g2, w, c2a);
                c2b = Vector512.FusedMultiplyAdd(g2, x, c2b);
                c2c = Vector512.FusedMultiplyAdd(g2, y, c2c);
                at += row;
                var g3 = Vector512.Load(at);
                c3a = Vector512.FusedMultiplyAdd(g3, w, c3a);
                c3b = Vector512.FusedMultiplyAdd(g3, x, c3b);
                c3c = Vector512.FusedMultiplyAdd(g3, y, c3c);
                at += row;
                var g4 = Vector512.Load(at);
                c4a = Vector512.FusedMultiplyAdd(g4, w, c4a);
                c4b = Vector512.FusedMultiplyAdd(g4, x, c4b);
                c4c = Vector512.FusedMultiplyAdd(g4, y, c4c);
                at += row;
                var g5 = Vector512.Load(at);
                c5a = Vector512.FusedMultiplyAdd(g5, w, c5a);
                c5b = Vector512.FusedMultiplyAdd(g5, x, c5b);
                c5c = Vector512.FusedMultiplyAdd(g5, y, c5c);
                at += row;
                var g6 = Vector512.Load(at);
                c6a = Vector512.FusedMultiplyAdd(g6, w, c6a);
                c6b = Vector512.FusedMultiplyAdd(g6, x, c6b);
                c6c = Vector512.FusedMultiplyAdd(g6, y, c6c);
                at += row;
                var g7 = Vector512.Load(at);
                c7a = Vector512.FusedMultiplyAdd(g7, w, c7a);
                c7b = Vector512.FusedMultiplyAdd(g7, x, c7b);
                c7c = Vector512.FusedMultiplyAdd(g7, y, c7c);
            }
        }

        Put(sums, add, Sums(c0a, c1a, c2a, c3a, c4a, c5a, c6a, c7a));
        Put(sums + 8, add, Sums(c0b, c1b, c2b, c3b, c4b, c5b, c6b, c7b));
        Put(sums + 16, add, Sums(c0c, c1c, c2c, c3c, c4c, c5c, c6c, c7c));
    }

    /// <summary>8 channels, an element of the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow(
        in Extent extent, float* gradient, float* images, long* offsets, float* sums, bool add)
    {
        Vector512<float> c0 = Vector512<float>.Zero;
        Vector512<float> c1 = Vector512<float>.Zero;
        Vector512<float> c2 = Vector512<float>.Zero;
        Vector512<float> c3 = Vector512<float>.Zero;
        Vector512<float> c4 = Vector512<float>.Zero;
        Vector512<float> c5 = Vector512<float>.Zero;
        Vector512<float> c6 = Vector512<float>.Zero;
        Vector512<float> c7 = Vector512<float>.Zero;
        long row = extent.Row;
        for (long n = 0; n < extent.Samples; n++)
        {
            float* g = gradient + n * extent.GradientSample;
            float* x0 = images + n * extent.ImageSample + offsets[0];
            for (long q = 0; q < row; q += 16)
            {
                float* at = g + q;
                var w = Vector512.Load(x0 + q);
                var g0 = Vector512.Load(at);
                c0 = Vector512.FusedMultiplyAdd(g0, w, c0);
                at += row;
                var g1 = Vector512.Load(at);
                c1 = Vector512.FusedMultiplyAdd(g1, w, c1);
                at += row;
                var g2 = Vector512.Load(at);
                c2 = Vector512.FusedMultiplyAdd(g2, w, c2);
                at += row;
                var g3 = Vector512.Load(at);
                c3 = Vector512.FusedMultiplyAdd(g3, w, c3);
                at += row;
                var g4 = Vector512.Load(at);
                c4 = Vector512.FusedMultiplyAdd(g4, w, c4);
                at += row;
                var g5 = Vector512.Load(at);
                c5 = Vector512.FusedMultiplyAdd(g5, w, c5);
                at += row;
                var g6 = Vector512.Load(at);
                c6 = Vector512.FusedMultiplyAdd(g6, w, c6);
                at += row;
                var g7 = Vector512.Load(at);
                c7 = Vector512.FusedMultiplyAdd(g7, w, c7);
            }
        }

        Put(sums, add, Sums(c0, c1, c2, c3, c4, c5, c6, c7));
    }

    /// <summary>6 channels, 4 elements of the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LowLarge(
        in Extent extent, float* gradient, float* images, long* offsets, float* sums, bool add)
    {
        Vector512<float> c0a = Vector512<float>.Zero, c0b = Vector512<float>.Zero;
        Vector512<float> c0c = Vector512<float>.Zero, c0d = Vector512<float>.Zero;
        Vector512<float> c1a = Vector512<float>.Zero, c1b = Vector512<float>.Zero;
        Vector512<float> c1c = Vector512<float>.Zero, c1d = Vector512<float>.Zero;
        Vector512<float> c2a = Vector512<float>.Zero, c2b = Vector512<float>.Zero;
        Vector512<float> c2c = Vector512<float>.Zero, c2d = Vector512<float>.Zero;
        Vector512<float> c3a = Vector512<float>.Zero, c3b = Vector512<float>.Zero;
        Vector512<float> c3c = Vector512<float>.Zero, c3d = Vector512<float>.Zero;
        Vector512<float> c4a = Vector512<float>.Zero, c4b = Vector512<float>.Zero;
        Vector512<float> c4c = Vector512<float>.Zero, c4d = Vector512<float>.Zero;
        Vector512<float> c5a = Vector512<float>.Zero, c5b = Vector512<float>.Zero;
        Vector512<float> c5c = Vector512<float>.Zero, c5d = Vector512<float>.Zero;
        long row = extent.Row;
        for (long n = 0; n < extent.Samples; n++)
        {
            float* g = gradient + n * extent.GradientSample;
            float* x0 = images + n * extent.ImageSample + offsets[0];
            float* x1 = images + n * extent.ImageSample + offsets[1];
            float* x2 = images + n * extent.ImageSample + offsets[2];
            float* x3 = images + n * extent.ImageSample + offsets[3];
            for (long q = 0; q < row; q += 16)
            {
                float* at = g + q;
                var w = Vector512.Load(x0 + q);
                var x = Vector512.Load(x1 + q);
                var y = Vector512.Load(x2 + q);
                var z = Vector512.Load(x3 + q);
                var g0 = Vector512.Load(at);
                c0a = Vector512.FusedMultiplyAdd(g0, w, c0a);
                c0b = Vector512.FusedMultiplyAdd(g0, x, c0b);
                c0c = Vector512.FusedMultiplyAdd(g0, y, c0c);
                c0d = Vector512.FusedMultiplyAdd(g0, z, c0d);
                at += row;
                var g1 = Vector512.Load(at);
                c1a = Vector512.FusedMultiplyAdd(g1, w, c1a);
                c1b = Vector512.FusedMultiplyAdd(g1, x, c1b);
                c1c = Vector512.FusedMultiplyAdd(g1, y, c1c);
                c1d = Vector512.FusedMultiplyAdd(g1, z, c1d);
                at += row;
                var g2 = Vector512.Load(at);
                c2a = Vector512.FusedMultiplyAdd(g2, w, c2a);
                c2b = Vector512.FusedMultiplyAdd(g2, x, c2b);
                c2c = Vector512.FusedMultiplyAdd(g2, y, c2c);
                c2d = Vector512.FusedMultiplyAdd(g2, z, c2d);
                at += row;
                var g3 = Vector512.Load(at);
                c3a = Vector512.FusedMultiplyAdd(g3, w, c3a);
                c3b = Vector512.FusedMultiplyAdd(g3, x, c3b);
                c3c = Vector512.FusedMultiplyAdd(g3, y, c3c);
                c3d = Vector512.FusedMultiplyAdd(g3, z, c3d);
                at += row;
                var g4 = Vector512.Load(at);
                c4a = Vector512.FusedMultiplyAdd(g4, w, c4a);
                c4b = Vector512.FusedMultiplyAdd(g4, x, c4b);
                c4c = Vector512.FusedMultiplyAdd(g4, y, c4c);
                c4d = Vector512.FusedMultiplyAdd(g4, z, c4d);
                at += row;
                var g5 = Vector512.Load(at);
                c5a = Vector512.FusedMultiplyAdd(g5, w, c5a);
                c5b = Vector512.FusedMultiplyAdd(g5, x, c5b);
                c5c = Vector512.FusedMultiplyAdd(g5, y, c5c);
                c5d = Vector512.FusedMultiplyAdd(g5, z, c5d);
            }
        }

        Put(sums, add, Sums(c0a, c1a, c2a, c3a, c4a, c5a, default, default));
        Put(sums + 8, add, Sums(c0b, c1b, c2b, c3b, c4b, c5b, default, default));
        Put(sums + 16, add, Sums(c0c, c1c, c2c, c3c, c4c, c5c, default, default));
        Put(sums + 24, add, Sums(c0d, c1d, c2d, c3d, c4d, c5d, default, default));
    }

    /// <summary>6 channels, an element of the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LowNarrow(
        in Extent extent, float* gradient, float* images, long* offsets, float* sums, bool add)
    {
        Vector512<float> c0 = Vector512<float>.Zero;
        Vector512<float> c1 = Vector512<float>.Zero;
        Vector512<float> c2 = Vector512<float>.Zero;
        Vector512<float> c3 = Vector512<float>.Zero;
        Vector512<float> c4 = Vector512<float>.Zero;
        Vector512<float> c5 = Vector512<float>.Zero;
        long row = extent.Row;
        for (long n = 0; n < extent.Samples; n++)
        {
            float* g = gradient + n * extent.GradientSample;
            float* x0 = images + n * extent.ImageSample + offsets[0];
            for (long q = 0; q < row; q += 16)
            {
                float* at = g + q;
                var w = Vector512.Load(x0 + q);
                var g0 = Vector512.Load(at);
                c0 = Vector512.FusedMultiplyAdd(g0, w, c0);
                at += row;
                var g1 = Vector512.Load(at);
                c1 = Vector512.FusedMultiplyAdd(g1, w, c1);
                at += row;
                var g2 = Vector512.Load(at);
                c2 = Vector512.FusedMultiplyAdd(g2, w, c2);
                at += row;
                var g3 = Vector512.Load(at);
                c3 = Vector512.FusedMultiplyAdd(g3, w, c3);
                at += row;
                var g4 = Vector512.Load(at);
                c4 = Vector512.FusedMultiplyAdd(g4, w, c4);
                at += row;
                var g5 = Vector512.Load(at);
                c5 = Vector512.FusedMultiplyAdd(g5, w, c5);
            }
        }

        Put(sums, add, Sums(c0, c1, c2, c3, c4, c5, default, default));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* to, bool add, Vector256<float> sums) =>
        (add ? Vector256.Load(to) + sums : sums).Store(to);

    // The sum of each over its 16 places.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sums(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, Vector512<float> e, Vector512<float> f,
        Vector512<float> g, Vector512<float> h)
    {
        // Quarters of two stand behind one another: a a b b, then a b c d.
        var abcd = Quarters(Halves(a, b), Halves(c, d));
        var efgh = Quarters(Halves(e, f), Halves(g, h));

        // In each quarter: a a e e, then a e a e of which both halves are added.
        var pairs = Avx512F.Shuffle(abcd, efgh, 0x44) + Avx512F.Shuffle(abcd, efgh, 0xEE);
        var ones = Avx512F.Shuffle(pairs, pairs, 0x88) + Avx512F.Shuffle(pairs, pairs, 0xDD);
        return Avx512F.PermuteVar16x32(ones, Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 0, 4, 8, 12, 1, 5, 9, 13)).GetLower();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Halves(Vector512<float> a, Vector512<float> b) =>
        Avx512F.Shuffle4x128(a, b, 0x44) + Avx512F.Shuffle4x128(a, b, 0xEE);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(Vector512<float> a, Vector512<float> b) =>
        Avx512F.Shuffle4x128(a, b, 0x88) + Avx512F.Shuffle4x128(a, b, 0xDD);

    /// <summary>What a tile's sums go over.</summary>
    /// <param name="Samples">Samples.</param>
    /// <param name="Row">Elements of a row of the outputs' gradients: places in whole vectors.</param>
    /// <param name="GradientSample">Elements from a sample of them to the next.</param>
    /// <param name="ImageSample">Elements from a sample of the images to the next.</param>
    public readonly record struct Extent(long Samples, long Row, long GradientSample, long ImageSample);
}
