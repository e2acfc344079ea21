using System.Numerics;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime;

/// <summary>What softmax does with a row of 32-bit numbers.</summary>
internal static unsafe class SoftmaxRow
{
    /// <summary>An exponential is worth so many elements of a loop that adds.</summary>
    public const long OfAnExponential = 4;

    /// <summary>The largest number. One that is none may be lost here: it comes back with the exponentials.</summary>
    public static float Largest(float* x, long count)
    {
        int width = Vector<float>.Count;
        long i = 0;
        float most = float.NegativeInfinity;
        if (count >= width)
        {
            var vector = Vector.Load(x);
            for (i = width; i <= count - width; i += width) vector = Vector.Max(vector, Vector.Load(x + i));
            float* lanes = stackalloc float[width];
            Vector.Store(vector, lanes);
            for (int j = 0; j < width; j++) most = lanes[j] > most ? lanes[j] : most;
        }

        for (; i < count; i++) most = x[i] > most ? x[i] : most;
        return most;
    }

    /// <summary>Writes e^(x − most), which may be over x, and gives the sum.</summary>
    public static float Exponentials(float* x, long count, float most, float* output)
    {
        int width = Vector<float>.Count;
        var (sums, origin) = (Vector<float>.Zero, new Vector<float>(most));
        long i = 0;

        // The last whole vector, for what no other one holds, before its first numbers are written over.
        bool hasRest = count >= width && count % width != 0;
        var last = hasRest ? Exponential.Of(Vector.Load(x + count - width) - origin) : default;
        if (Exponential.HasLong && count >= Vector512<float>.Count)
        {
            Vector512<float> all = Vector512<float>.Zero, origins = Vector512.Create(most);
            for (; i <= count - Vector512<float>.Count; i += Vector512<float>.Count)
            {
                var power = Exponential.Of(Vector512.Load(x + i) - origins);
                Vector512.Store(power, output + i);
                all += power;
            }

            float* halves = stackalloc float[Vector512<float>.Count];
            Vector512.Store(all, halves);
            for (int k = 0; k < Vector512<float>.Count; k += width) sums += Vector.Load(halves + k);
        }

        for (; i <= count - width; i += width)
        {
            var power = Exponential.Of(Vector.Load(x + i) - origin);
            Vector.Store(power, output + i);
            sums += power;
        }

        if (hasRest)
        {
            // What was done before comes out the same, and is not counted again.
            Vector.Store(last, output + count - width);
            var isNew = Vector.GreaterThanOrEqual(Vector.CreateSequence(0, 1), new Vector<int>((int)(width - (count - i))));
            sums += Vector.ConditionalSelect(isNew.As<int, float>(), last, Vector<float>.Zero);
            i = count;
        }

        float sum = Vector.Sum(sums);
        for (; i < count; i++) sum += output[i] = MathF.Exp(x[i] - most);
        return sum;
    }

    /// <summary>Divides in place. A factor would have rounded once for all: what is added up would be off by that.</summary>
    public static void Divide(float* x, long count, float divisor)
    {
        int width = Vector<float>.Count;
        var divisors = new Vector<float>(divisor);
        long i = 0;
        for (; i <= count - width; i += width) Vector.Store(Vector.Load(x + i) / divisors, x + i);
        for (; i < count; i++) x[i] /= divisor;
    }

    /// <summary>Multiplies in place.</summary>
    public static void Multiply(float* x, long count, float factor)
    {
        int width = Vector<float>.Count;
        long i = 0;
        for (; i <= count - width; i += width) Vector.Store(Vector.Load(x + i) * factor, x + i);
        for (; i < count; i++) x[i] *= factor;
    }
}
