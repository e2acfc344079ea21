using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime;

/// <summary>
/// tanh of vectors. .NET's own, (e²ˣ − 1)/(e²ˣ + 1) as it stands, keeps few digits of small numbers, and of 0 not the zero;
/// this one has all digits of a 32-bit number but the last one or two, everywhere.
/// </summary>
internal static class HyperbolicTangent
{
    // Where the series and 1 − 2/(e²ˣ + 1) are both exact to the last digits.
    private const float Small = 0.625f;

    /// <summary>tanh x; of what is not a number, that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Of(Vector<float> x)
    {
        var size = Vector.Abs(x);
        var large = Vector<float>.One - new Vector<float>(2) / (Exponential.Of(size + size) + Vector<float>.One);

        // x + x³·p(x²): a polynomial whose largest relative error is least, 4·10⁻⁹.
        var square = x * x;
        var series = Vector.MultiplyAddEstimate(new Vector<float>(-5.7049798e-3f), square, new Vector<float>(2.06390811e-2f));
        series = Vector.MultiplyAddEstimate(series, square, new Vector<float>(-5.37397133e-2f));
        series = Vector.MultiplyAddEstimate(series, square, new Vector<float>(1.33314422e-1f));
        series = Vector.MultiplyAddEstimate(series, square, new Vector<float>(-3.33332819e-1f));
        var small = Vector.MultiplyAddEstimate(series * square, x, x);
        return Vector.ConditionalSelect(Vector.LessThan(size, new(Small)), small, Vector.CopySign(large, x));
    }

    /// <summary>The same where <see cref="Exponential.HasLong"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> x)
    {
        var size = Vector512.Abs(x);
        var large = Vector512<float>.One - Vector512.Create(2f) / (Exponential.Of(size + size) + Vector512<float>.One);
        var square = x * x;
        var series = Vector512.FusedMultiplyAdd(Vector512.Create(-5.7049798e-3f), square, Vector512.Create(2.06390811e-2f));
        series = Vector512.FusedMultiplyAdd(series, square, Vector512.Create(-5.37397133e-2f));
        series = Vector512.FusedMultiplyAdd(series, square, Vector512.Create(1.33314422e-1f));
        series = Vector512.FusedMultiplyAdd(series, square, Vector512.Create(-3.33332819e-1f));
        var small = Vector512.FusedMultiplyAdd(series * square, x, x);
        return Vector512.ConditionalSelect(
            Vector512.LessThan(size, Vector512.Create(Small)), small, Vector512.CopySign(large, x));
    }

    /// <summary>tanh x, of 32-bit or 64-bit numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Of<T>(Vector<T> x)
        where T : unmanaged, INumber<T> => typeof(T) == typeof(float)
        ? Of(x.As<T, float>()).As<float, T>()
        : OfEach(x.As<T, double>()).As<double, T>();

    private static Vector<double> OfEach(Vector<double> x)
    {
        for (int i = 0; i < Vector<double>.Count; i++) x = x.WithElement(i, Math.Tanh(x[i]));
        return x;
    }
}
