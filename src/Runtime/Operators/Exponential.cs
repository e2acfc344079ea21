using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime;

/// <summary>
/// eˣ of vectors. .NET's own goes through 64-bit numbers; this one stays with 32 bits and has all of their digits but the last
/// one or two.
/// </summary>
internal static class Exponential
{
    // Below, the result is 0; above, it is infinite.
    private const float Least = -104, Most = 89;

    // ln 2 in two parts, the first of few digits, so that its multiples are exact (W. J. Cody and W. Waite, Software Manual for
    // the Elementary Functions, 1980).
    private const float LogarithmHigh = 0.693359375f, LogarithmLow = -2.12194440e-4f;

    /// <summary>eˣ; of what is not a number, that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Of(Vector<float> x)
    {
        x = Within(x);

        // x = n·ln 2 + r with |r| at most ln 2 / 2: adding and taking away 1.5·2²³ rounds.
        var rounding = new Vector<float>(12582912f);
        var n = Vector.MultiplyAddEstimate(x, new Vector<float>(1.44269504f), rounding) - rounding;
        var r = Vector.MultiplyAddEstimate(n, new Vector<float>(-LogarithmHigh), x);
        r = Vector.MultiplyAddEstimate(n, new Vector<float>(-LogarithmLow), r);

        // The coefficients are nearly those of the series, 1/k!, moved so that the largest error is least.
        var series = Vector.MultiplyAddEstimate(new Vector<float>(1.9875691500e-4f), r, new Vector<float>(1.3981999507e-3f));
        series = Vector.MultiplyAddEstimate(series, r, new Vector<float>(8.3334519073e-3f));
        series = Vector.MultiplyAddEstimate(series, r, new Vector<float>(4.1665795894e-2f));
        series = Vector.MultiplyAddEstimate(series, r, new Vector<float>(1.6666665459e-1f));
        series = Vector.MultiplyAddEstimate(series, r, new Vector<float>(5.0000001201e-1f));
        var power = Vector.MultiplyAddEstimate(series, r * r, r) + Vector<float>.One;

        if (Avx512F.VL.IsSupported && Vector<float>.Count == Vector256<float>.Count)
            return Avx512F.VL.Scale(power.AsVector256(), n.AsVector256()).AsVector();

        // 2ⁿ in two factors, each of which is a normal number where their product may be none.
        var whole = Vector.ConvertToInt32(n);
        var half = Vector.ShiftRightArithmetic(whole, 1);
        return power * PowerOfTwo(half) * PowerOfTwo(whole - half);
    }

    /// <summary>Whether there are vectors of 512 bits, of which these functions have fewer instructions to wait for.</summary>
    public static bool HasLong => Avx512F.IsSupported && Vector<float>.Count <= Vector512<float>.Count;

    /// <summary>eˣ; of what is not a number, that: where <see cref="HasLong"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> x)
    {
        // The instruction gives its second operand where one of both is not a number.
        x = Avx512F.Max(Vector512.Create(Least), Avx512F.Min(Vector512.Create(Most), x));
        var rounding = Vector512.Create(12582912f);
        var n = Avx512F.FusedMultiplyAdd(x, Vector512.Create(1.44269504f), rounding) - rounding;
        var r = Avx512F.FusedMultiplyAdd(n, Vector512.Create(-LogarithmHigh), x);
        r = Avx512F.FusedMultiplyAdd(n, Vector512.Create(-LogarithmLow), r);
        var series = Avx512F.FusedMultiplyAdd(Vector512.Create(1.9875691500e-4f), r, Vector512.Create(1.3981999507e-3f));
        series = Avx512F.FusedMultiplyAdd(series, r, Vector512.Create(8.3334519073e-3f));
        series = Avx512F.FusedMultiplyAdd(series, r, Vector512.Create(4.1665795894e-2f));
        series = Avx512F.FusedMultiplyAdd(series, r, Vector512.Create(1.6666665459e-1f));
        series = Avx512F.FusedMultiplyAdd(series, r, Vector512.Create(5.0000001201e-1f));
        return Avx512F.Scale(Avx512F.FusedMultiplyAdd(series, r * r, r) + Vector512<float>.One, n);
    }

    /// <summary>1/(1 + e⁻ˣ), where <see cref="HasLong"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Vector512<float>.One / (Vector512<float>.One + Of(-x));

    /// <summary>1/(1 + e⁻ˣ), of 32-bit or 64-bit numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Sigmoid<T>(Vector<T> x)
        where T : unmanaged, INumber<T> => typeof(T) == typeof(float)
        ? Vector<T>.One / (Vector<T>.One + Of(Vector<float>.Zero - x.As<T, float>()).As<float, T>())
        : Vector<T>.One / (Vector<T>.One + Vector.Exp(Vector<double>.Zero - x.As<T, double>()).As<double, T>());

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public static T Sigmoid<T>(T x)
        where T : unmanaged, INumber<T> => T.CreateTruncating(1 / (1 + Math.Exp(-double.CreateTruncating(x))));

    // Not below the least and not above the most; what is not a number stays: comparisons with it are false, and of it and a
    // bound the processor takes the second.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Within(Vector<float> x)
    {
        if (Avx.IsSupported && Vector<float>.Count == Vector256<float>.Count)
            return Avx.Min(Vector256.Create(Most), Avx.Max(Vector256.Create(Least), x.AsVector256())).AsVector();
        x = Vector.ConditionalSelect(Vector.LessThan(x, new(Least)), new(Least), x);
        return Vector.ConditionalSelect(Vector.GreaterThan(x, new(Most)), new(Most), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> PowerOfTwo(Vector<int> exponent) =>
        Vector.ShiftLeft(exponent + new Vector<int>(127), 23).As<int, float>();
}
