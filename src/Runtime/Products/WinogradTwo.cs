using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime;

/// <summary>
/// Tiles of 2 x 2 places: F(2 x 2, 3 x 3), 16 products where there were 36.
/// Bᵀ = [1 0 −1 0; 0 1 1 0; 0 −1 1 0; 0 1 0 −1],
/// G = [1 0 0; ½ ½ ½; ½ −½ ½; 0 0 1] and Aᵀ = [1 1 1 0; 0 1 −1 −1].
/// </summary>
internal readonly unsafe struct WinogradTwo : IWinogradTransform
{
    public static int Side => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input(float* from, long* offsets, float* to, long stride)
    {
        Vector512<float> a0 = Vector512.Load(from + offsets[0]), a1 = Vector512.Load(from + offsets[4]);
        Vector512<float> a2 = Vector512.Load(from + offsets[8]), a3 = Vector512.Load(from + offsets[12]);
        Vector512<float> a00 = a0 - a2, a10 = a1 + a2, a20 = a2 - a1, a30 = a1 - a3;
        a0 = Vector512.Load(from + offsets[1]);
        a1 = Vector512.Load(from + offsets[5]);
        a2 = Vector512.Load(from + offsets[9]);
        a3 = Vector512.Load(from + offsets[13]);
        Vector512<float> a01 = a0 - a2, a11 = a1 + a2, a21 = a2 - a1, a31 = a1 - a3;
        a0 = Vector512.Load(from + offsets[2]);
        a1 = Vector512.Load(from + offsets[6]);
        a2 = Vector512.Load(from + offsets[10]);
        a3 = Vector512.Load(from + offsets[14]);
        Vector512<float> a02 = a0 - a2, a12 = a1 + a2, a22 = a2 - a1, a32 = a1 - a3;
        a0 = Vector512.Load(from + offsets[3]);
        a1 = Vector512.Load(from + offsets[7]);
        a2 = Vector512.Load(from + offsets[11]);
        a3 = Vector512.Load(from + offsets[15]);
        Vector512<float> a03 = a0 - a2, a13 = a1 + a2, a23 = a2 - a1, a33 = a1 - a3;
        InputRow(a00, a01, a02, a03, to, stride);
        InputRow(a10, a11, a12, a13, to + 4 * stride, stride);
        InputRow(a20, a21, a22, a23, to + 8 * stride, stride);
        InputRow(a30, a31, a32, a33, to + 12 * stride, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output(float* from, long stride, float bias, float* to, long row)
    {
        Vector512<float> a0, a1, a2, a3, added = Vector512.Create(bias);
        float* second = from + 4 * stride, third = from + 8 * stride, fourth = from + 12 * stride;
        (a0, a1) = (Vector512.Load(from), Vector512.Load(second));
        (a2, a3) = (Vector512.Load(third), Vector512.Load(fourth));
        Vector512<float> t0 = a0 + a1 + a2, u0 = a1 - a2 - a3;
        (a0, a1) = (Vector512.Load(from + stride), Vector512.Load(second + stride));
        (a2, a3) = (Vector512.Load(third + stride), Vector512.Load(fourth + stride));
        Vector512<float> t1 = a0 + a1 + a2, u1 = a1 - a2 - a3;
        (a0, a1) = (Vector512.Load(from + 2 * stride), Vector512.Load(second + 2 * stride));
        (a2, a3) = (Vector512.Load(third + 2 * stride), Vector512.Load(fourth + 2 * stride));
        Vector512<float> t2 = a0 + a1 + a2, u2 = a1 - a2 - a3;
        (a0, a1) = (Vector512.Load(from + 3 * stride), Vector512.Load(second + 3 * stride));
        (a2, a3) = (Vector512.Load(third + 3 * stride), Vector512.Load(fourth + 3 * stride));
        Vector512<float> t3 = a0 + a1 + a2, u3 = a1 - a2 - a3;
        Interleave(t0 + t1 + t2 + added, t1 - t2 - t3 + added, to);
        Interleave(u0 + u1 + u2 + added, u1 - u2 - u3 + added, to + row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputGradient(float* from, long column, long row, float* to, long stride)
    {
        Vector512<float> a = Vector512.Load(from), b = Vector512.Load(from + column);
        Vector512<float> c = Vector512.Load(from + row), d = Vector512.Load(from + row + column);
        OutputGradientRow(a, b, to, stride);
        OutputGradientRow(a + c, b + d, to + 4 * stride, stride);
        OutputGradientRow(a - c, b - d, to + 8 * stride, stride);
        OutputGradientRow(-c, -d, to + 12 * stride, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Kernel(float* from, long step, float* to, long stride)
    {
        Vector512<float> a0 = Vector512.Load(from), a1 = Vector512.Load(from + step), a2 = Vector512.Load(from + 2 * step);
        Vector512<float> b0 = Vector512.Load(from + 3 * step), b1 = Vector512.Load(from + 4 * step);
        Vector512<float> b2 = Vector512.Load(from + 5 * step), c0 = Vector512.Load(from + 6 * step);
        Vector512<float> c1 = Vector512.Load(from + 7 * step), c2 = Vector512.Load(from + 8 * step);
        var half = Vector512.Create(0.5f);
        KernelRow(a0, a1, a2, to, stride);
        KernelRow((a0 + b0 + c0) * half, (a1 + b1 + c1) * half, (a2 + b2 + c2) * half, to + 4 * stride, stride);
        KernelRow((a0 - b0 + c0) * half, (a1 - b1 + c1) * half, (a2 - b2 + c2) * half, to + 8 * stride, stride);
        KernelRow(c0, c1, c2, to + 12 * stride, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void KernelGradient(float* from, long stride, float* to)
    {
        var half = Vector512.Create(0.5f);
        Vector512<float> a0 = Vector512.Load(from), a1 = Vector512.Load(from + stride);
        Vector512<float> a2 = Vector512.Load(from + 2 * stride), a3 = Vector512.Load(from + 3 * stride);
        from += 4 * stride;
        Vector512<float> b0 = Vector512.Load(from), b1 = Vector512.Load(from + stride);
        Vector512<float> b2 = Vector512.Load(from + 2 * stride), b3 = Vector512.Load(from + 3 * stride);
        from += 4 * stride;
        Vector512<float> c0 = Vector512.Load(from), c1 = Vector512.Load(from + stride);
        Vector512<float> c2 = Vector512.Load(from + 2 * stride), c3 = Vector512.Load(from + 3 * stride);
        from += 4 * stride;
        Vector512<float> d0 = Vector512.Load(from), d1 = Vector512.Load(from + stride);
        Vector512<float> d2 = Vector512.Load(from + 2 * stride), d3 = Vector512.Load(from + 3 * stride);
        Vector512<float> m0 = (b0 + c0) * half, m1 = (b1 + c1) * half, m2 = (b2 + c2) * half, m3 = (b3 + c3) * half;
        KernelGradientRow(a0 + m0, a1 + m1, a2 + m2, a3 + m3, to);
        KernelGradientRow((b0 - c0) * half, (b1 - c1) * half, (b2 - c2) * half, (b3 - c3) * half, to + 48);
        KernelGradientRow(m0 + d0, m1 + d1, m2 + d2, m3 + d3, to + 96);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputRow(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* to, long stride)
    {
        (a - c).Store(to);
        (b + c).Store(to + stride);
        (c - b).Store(to + 2 * stride);
        (b - d).Store(to + 3 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputGradientRow(Vector512<float> a, Vector512<float> b, float* to, long stride)
    {
        a.Store(to);
        (a + b).Store(to + stride);
        (a - b).Store(to + 2 * stride);
        (-b).Store(to + 3 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KernelRow(Vector512<float> a, Vector512<float> b, Vector512<float> c, float* to, long stride)
    {
        var half = Vector512.Create(0.5f);
        a.Store(to);
        ((a + b + c) * half).Store(to + stride);
        ((a - b + c) * half).Store(to + 2 * stride);
        c.Store(to + 3 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KernelGradientRow(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* to)
    {
        var half = Vector512.Create(0.5f);
        var mean = (b + c) * half;
        (a + mean).Store(to);
        ((b - c) * half).Store(to + 16);
        (mean + d).Store(to + 32);
    }

    /// <summary>a0 b0 a1 b1 …</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(Vector512<float> a, Vector512<float> b, float* to)
    {
        var (first, second) = Interleaved(a, b);
        first.Store(to);
        second.Store(to + 16);
    }

    /// <summary>a0 b0 a1 b1 … a7 b7, and from a8 b8 on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> First, Vector512<float> Second) Interleaved(Vector512<float> a, Vector512<float> b)
    {
        var first = Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        var second = Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        return (Avx512F.PermuteVar16x32x2(a, first, b), Avx512F.PermuteVar16x32x2(a, second, b));
    }
}
