using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime;

/// <summary>
/// Tiles of 4 x 4 places: F(4 x 4, 3 x 3), 36 products where there were 144. The points of interpolation are 0, ±a, ±b and ∞
/// with a = 5/8 and b = 3/2, which round less than half as much as ±1 and ±2 would:
/// Bᵀ has the rows [a²b² 0 −(a²+b²) 0 1 0], [0 ∓ab² −b² ±a 1 0], [0 ∓ba² −a² ±b 1 0],
/// [0 a²b² 0 −(a²+b²) 0 1];
/// G the rows [1 0 0]/a²b², [1 ±a a²]/2a²(a²−b²), [1 ±b b²]/2b²(b²−a²), [0 0 1];
/// Aᵀ the rows of powers 0 to 3 of the points, the last with 1 for ∞.
/// </summary>
[SkipLocalsInit]
internal readonly unsafe struct WinogradFour : IWinogradTransform
{
    private const float A = 0.625f, B = 1.5f, A2 = A * A, B2 = B * B, A3 = A2 * A, B3 = B2 * B;

    // Shares of the rows of G.
    private const float Zeroth = 1 / (A2 * B2), First = 1 / (2 * A2 * (A2 - B2)), Second = 1 / (2 * B2 * (B2 - A2));

    // Numbers of a vector, and of a square of six by six.
    private const int Lanes = 16, Square = 36 * Lanes;

    public static int Side => 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(float* from, long* offsets, float* to, long stride)
    {
        float* half = stackalloc float[Square];
        for (int column = 0; column < 6; column++)
        {
            long* each = offsets + column;
            InputLine(
                Vector512.Load(from + each[0]), Vector512.Load(from + each[6]), Vector512.Load(from + each[12]),
                Vector512.Load(from + each[18]), Vector512.Load(from + each[24]), Vector512.Load(from + each[30]),
                half + column * Lanes, 6 * Lanes);
        }

        for (int row = 0; row < 6; row++, to += 6 * stride)
        {
            float* each = half + row * 6 * Lanes;
            InputLine(
                Vector512.Load(each), Vector512.Load(each + Lanes), Vector512.Load(each + 2 * Lanes),
                Vector512.Load(each + 3 * Lanes), Vector512.Load(each + 4 * Lanes), Vector512.Load(each + 5 * Lanes),
                to, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output(float* from, long stride, float bias, float* to, long row)
    {
        float* half = stackalloc float[4 * 6 * Lanes];
        for (int column = 0; column < 6; column++)
        {
            var (a, b, c, d) = OutputLine(from + column * stride, 6 * stride);
            float* each = half + column * Lanes;
            a.Store(each);
            b.Store(each + 6 * Lanes);
            c.Store(each + 12 * Lanes);
            d.Store(each + 18 * Lanes);
        }

        var added = Vector512.Create(bias);
        for (int y = 0; y < 4; y++, to += row)
        {
            var (a, b, c, d) = OutputLine(half + y * 6 * Lanes, Lanes);
            var (first, second) = WinogradTwo.Interleaved(a + added, c + added);
            var (third, fourth) = WinogradTwo.Interleaved(b + added, d + added);
            WinogradTwo.Interleave(first, third, to);
            WinogradTwo.Interleave(second, fourth, to + 2 * Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputGradient(float* from, long column, long row, float* to, long stride)
    {
        float* half = stackalloc float[4 * 6 * Lanes];
        for (int x = 0; x < 4; x++) GradientLine(from + x * column, row, half + x * Lanes, 4 * Lanes);
        for (int y = 0; y < 6; y++, to += 6 * stride) GradientLine(half + y * 4 * Lanes, Lanes, to, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Kernel(float* from, long step, float* to, long stride)
    {
        float* half = stackalloc float[3 * 6 * Lanes];
        for (int x = 0; x < 3; x++) KernelLine(from + x * step, 3 * step, half + x * Lanes, 3 * Lanes);
        for (int y = 0; y < 6; y++, to += 6 * stride) KernelLine(half + y * 3 * Lanes, Lanes, to, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void KernelGradient(float* from, long stride, float* to)
    {
        float* half = stackalloc float[3 * 6 * Lanes];
        for (int column = 0; column < 6; column++)
            KernelGradientLine(from + column * stride, 6 * stride, half + column * Lanes, 6 * Lanes);
        for (int y = 0; y < 3; y++, to += 3 * Lanes) KernelGradientLine(half + y * 6 * Lanes, Lanes, to, Lanes);
    }

    // Bᵀ d.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputLine(
        Vector512<float> d0, Vector512<float> d1, Vector512<float> d2, Vector512<float> d3, Vector512<float> d4,
        Vector512<float> d5, float* to, long step)
    {
        Vector512<float> a = Vector512.Create(A), b = Vector512.Create(B), a2 = Vector512.Create(-A2), b2 = Vector512.Create(-B2);
        Vector512<float> both = Vector512.Create(-(A2 + B2)), product = Vector512.Create(A2 * B2);
        Fused(product, d0, Fused(both, d2, d4)).Store(to);
        Vector512<float> even = Fused(b2, d2, d4), odd = Fused(b2, d1, d3);
        Fused(a, odd, even).Store(to + step);
        Fused(-a, odd, even).Store(to + 2 * step);
        (even, odd) = (Fused(a2, d2, d4), Fused(a2, d1, d3));
        Fused(b, odd, even).Store(to + 3 * step);
        Fused(-b, odd, even).Store(to + 4 * step);
        Fused(product, d1, Fused(both, d3, d5)).Store(to + 5 * step);
    }

    // Aᵀ m.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float>, Vector512<float>, Vector512<float>, Vector512<float>) OutputLine(float* from, long step)
    {
        Vector512<float> m1 = Vector512.Load(from + step), m2 = Vector512.Load(from + 2 * step);
        Vector512<float> m3 = Vector512.Load(from + 3 * step), m4 = Vector512.Load(from + 4 * step);
        Vector512<float> sum = m1 + m2, difference = m1 - m2, other = m3 + m4, otherDifference = m3 - m4;
        return (
            Vector512.Load(from) + (sum + other),
            Fused(Vector512.Create(A), difference, Vector512.Create(B) * otherDifference),
            Fused(Vector512.Create(A2), sum, Vector512.Create(B2) * other),
            Fused(
                Vector512.Create(A3), difference,
                Fused(Vector512.Create(B3), otherDifference, Vector512.Load(from + 5 * step))));
    }

    // A g.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GradientLine(float* from, long step, float* to, long toStep)
    {
        Vector512<float> g0 = Vector512.Load(from), g1 = Vector512.Load(from + step);
        Vector512<float> g2 = Vector512.Load(from + 2 * step), g3 = Vector512.Load(from + 3 * step);
        g0.Store(to);
        Vector512<float> even = Fused(Vector512.Create(A2), g2, g0);
        Vector512<float> odd = Fused(Vector512.Create(A3), g3, Vector512.Create(A) * g1);
        (even + odd).Store(to + toStep);
        (even - odd).Store(to + 2 * toStep);
        even = Fused(Vector512.Create(B2), g2, g0);
        odd = Fused(Vector512.Create(B3), g3, Vector512.Create(B) * g1);
        (even + odd).Store(to + 3 * toStep);
        (even - odd).Store(to + 4 * toStep);
        g3.Store(to + 5 * toStep);
    }

    // G g.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KernelLine(float* from, long step, float* to, long toStep)
    {
        Vector512<float> g0 = Vector512.Load(from), g1 = Vector512.Load(from + step), g2 = Vector512.Load(from + 2 * step);
        (g0 * Vector512.Create(Zeroth)).Store(to);
        Vector512<float> even = Fused(Vector512.Create(A2 * First), g2, g0 * Vector512.Create(First));
        Fused(Vector512.Create(A * First), g1, even).Store(to + toStep);
        Fused(Vector512.Create(-A * First), g1, even).Store(to + 2 * toStep);
        even = Fused(Vector512.Create(B2 * Second), g2, g0 * Vector512.Create(Second));
        Fused(Vector512.Create(B * Second), g1, even).Store(to + 3 * toStep);
        Fused(Vector512.Create(-B * Second), g1, even).Store(to + 4 * toStep);
        g2.Store(to + 5 * toStep);
    }

    // Gᵀ m.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KernelGradientLine(float* from, long step, float* to, long toStep)
    {
        Vector512<float> m1 = Vector512.Load(from + step), m2 = Vector512.Load(from + 2 * step);
        Vector512<float> m3 = Vector512.Load(from + 3 * step), m4 = Vector512.Load(from + 4 * step);
        Vector512<float> first = Vector512.Create(First), second = Vector512.Create(Second);
        Vector512<float> sum = (m1 + m2) * first, other = (m3 + m4) * second;
        Fused(Vector512.Create(Zeroth), Vector512.Load(from), sum + other).Store(to);
        Fused(Vector512.Create(A * First), m1 - m2, Vector512.Create(B * Second) * (m3 - m4)).Store(to + toStep);
        Fused(Vector512.Create(A2), sum, Fused(Vector512.Create(B2), other, Vector512.Load(from + 5 * step)))
            .Store(to + 2 * toStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fused(Vector512<float> x, Vector512<float> y, Vector512<float> added) =>
        Vector512.FusedMultiplyAdd(x, y, added);
}
