using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime;

/// <summary>
/// The standard normal distribution, of vectors of 32-bit numbers. Φ keeps its digits where it is small, which 1 + erf, with its
/// difference of two numbers near 1, does not.
/// </summary>
internal static class NormalDistribution
{
    // Beyond, the density is 0 as a 32-bit number.
    private const float Most = 20;

    // 1/√(2π).
    private const float Height = 0.39894228f;

    /// <summary>Φ(x), and the density there, e^(−x²/2)/√(2π); of what is not a number, that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<float> Cumulative, Vector<float> Density) Of(Vector<float> x)
    {
        // Comparisons with what is not a number are false: it stays.
        var size = Vector.Abs(x);
        size = Vector.ConditionalSelect(Vector.GreaterThan(size, new(Most)), new(Most), size);

        var power = Exponential.Of(size * size * -0.5f);

        // Φ(−|x|) = e^(−x²/2)·t·p(t) with t = 1/(1 + 0.345·|x|), the form of C. Hastings, Approximations for Digital
        // Computers, 1955. The polynomial is the one whose largest relative error is least, 2.3·10⁻⁸.
        var t = Vector<float>.One / Vector.MultiplyAddEstimate(size, new Vector<float>(0.345f), Vector<float>.One);
        var p = Vector.MultiplyAddEstimate(new Vector<float>(-0.0281517961f), t, new Vector<float>(0.144233574f));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(-0.269153522f));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(0.185054592f));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(-0.0362378980f));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(0.111267708f));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(0.117361993f));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(0.138005240f));
        p = Vector.MultiplyAddEstimate(p, t, new Vector<float>(0.137620113f));
        var tail = power * t * p;
        var cumulative = Vector.ConditionalSelect(
            Vector.LessThan(x, Vector<float>.Zero), tail, Vector<float>.One - tail);
        return (cumulative, power * Height);
    }

    /// <summary>The same where <see cref="Exponential.HasLong"/>.</summary>
    /// <inheritdoc cref="Of(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> Cumulative, Vector512<float> Density) Of(Vector512<float> x)
    {
        // The instruction gives its second operand where one of both is not a number.
        var size = Avx512F.Min(Vector512.Create(Most), Vector512.Abs(x));
        var power = Exponential.Of(size * size * -0.5f);
        var t = Vector512<float>.One / Avx512F.FusedMultiplyAdd(size, Vector512.Create(0.345f), Vector512<float>.One);
        var p = Avx512F.FusedMultiplyAdd(Vector512.Create(-0.0281517961f), t, Vector512.Create(0.144233574f));
        p = Avx512F.FusedMultiplyAdd(p, t, Vector512.Create(-0.269153522f));
        p = Avx512F.FusedMultiplyAdd(p, t, Vector512.Create(0.185054592f));
        p = Avx512F.FusedMultiplyAdd(p, t, Vector512.Create(-0.0362378980f));
        p = Avx512F.FusedMultiplyAdd(p, t, Vector512.Create(0.111267708f));
        p = Avx512F.FusedMultiplyAdd(p, t, Vector512.Create(0.117361993f));
        p = Avx512F.FusedMultiplyAdd(p, t, Vector512.Create(0.138005240f));
        p = Avx512F.FusedMultiplyAdd(p, t, Vector512.Create(0.137620113f));
        var tail = power * t * p;
        var cumulative = Vector512.ConditionalSelect(
            Vector512.LessThan(x, Vector512<float>.Zero), tail, Vector512<float>.One - tail);
        return (cumulative, power * Height);
    }
}
