using System.Numerics;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime;

/// <summary>Sigmoids and hyperbolic tangents of numbers that lie side by side, in the longest vectors there are: whole vectors of
/// the processor's usual length, and not the rest.</summary>
internal static unsafe class SquashLoop
{
    /// <summary>1/(1 + e⁻ˣ), written over x.</summary>
    /// <param name="x">The first number.</param>
    /// <param name="count">A multiple of a vector's length.</param>
    public static void Sigmoid<T>(T* x, int count)
        where T : unmanaged, INumber<T>
    {
        int i = 0;
        if (typeof(T) == typeof(float) && Exponential.HasLong)
        {
            float* numbers = (float*)x;
            for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
                Exponential.Sigmoid(Vector512.Load(numbers + i)).Store(numbers + i);
        }

        for (; i < count; i += Vector<T>.Count) Vector.Store(Exponential.Sigmoid(Vector.Load(x + i)), x + i);
    }

    /// <summary>tanh x.</summary>
    /// <param name="x">The first number.</param>
    /// <param name="result">Where the first result goes, which may be x.</param>
    /// <param name="count">A multiple of a vector's length.</param>
    public static void Tanh<T>(T* x, T* result, long count)
        where T : unmanaged, INumber<T>
    {
        long i = 0;
        if (typeof(T) == typeof(float) && Exponential.HasLong)
        {
            float* numbers = (float*)x, results = (float*)result;
            for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
                HyperbolicTangent.Of(Vector512.Load(numbers + i)).Store(results + i);
        }

        for (; i < count; i += Vector<T>.Count) Vector.Store(HyperbolicTangent.Of(Vector.Load(x + i)), result + i);
    }
}
