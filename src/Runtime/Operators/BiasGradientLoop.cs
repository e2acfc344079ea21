using System.Numerics;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The sum of a gradient over its rows, added to a bias's gradient, and on the way the derivative of the activation behind the
/// bias: one pass over memory. Threads share columns, so that a sum depends on its column alone.
/// </summary>
internal static unsafe class BiasGradientLoop
{
    // Columns that a thread takes at least: a line of the cache holds 16.
    private const long Block = 64;

    // Rows that are added up before their sum is added to the total, so that many rows lose no more digits than these do.
    private const long Run = 256;

    /// <summary>bias += Σ gradient.</summary>
    /// <param name="bias">[C], or of more dimensions.</param>
    /// <param name="gradient">[..., C]: of the bias's dimensions behind others.</param>
    /// <returns>Whether it did: elsewhere the caller has to spell it in operators.</returns>
    public static bool TryAdd(Tensor bias, Tensor gradient) => BiasGradientKernel<Itself>.TryAdd(bias, gradient)
        || (LoopChoice.CanRun && TensorLayout.TryOf(gradient, out var values)
        && TryRun<Itself>(values.Data, values, values.Data, 0, bias, gradient, gradient));

    /// <summary>output ← the derivative, and bias += its sum.</summary>
    /// <inheritdoc cref="TryAdd"/>
    public static bool TryRun<TRule>(Tensor output, Tensor gradient, Tensor result, double number, Tensor bias)
        where TRule : IGradientRule =>
        BiasGradientKernel<TRule>.TryRun(output, gradient, result, number, bias)
        || (LoopChoice.CanRun && TensorLayout.TryOf(gradient, out var values) && TensorLayout.TryOf(result, out var results)
        && TensorLayout.TryOf(output, out var outputs) && results.IsPlain && outputs.IsPlain
        && results.Sizes.SequenceEqual(values.Sizes) && outputs.Sizes.SequenceEqual(values.Sizes)
        && TryRun<TRule>(outputs.Data, values, results.Data, number, bias, output, result));

    private static bool TryRun<TRule>(
        float* output, in TensorLayout gradient, float* result, double number, Tensor bias, Tensor kept, Tensor alsoKept)
        where TRule : IGradientRule
    {
        if (!gradient.IsPlain || !TensorLayout.TryOf(bias, out var sums) || !sums.IsPlain || sums.Rank >= gradient.Rank
            || !gradient.Sizes[^sums.Rank..].SequenceEqual(sums.Sizes)) return false;
        long columns = 1, rows = 1;
        foreach (long size in sums.Sizes) columns *= size;
        foreach (long size in gradient.Sizes[..^sums.Rank]) rows *= size;
        var work = new Work
        {
            Rows = rows, Columns = columns, Output = output, Gradient = gradient.Data, Result = result, Bias = sums.Data,
            Number = (float)number,
        };
        ParallelLoop.Run((columns + Block - 1) / Block, Math.Max(1, rows * Block), &RunColumns<TRule>, &work);
        GC.KeepAlive(bias);
        GC.KeepAlive(kept);
        GC.KeepAlive(alsoKept);
        return true;
    }

    private static void RunColumns<TRule>(long begin, long end, void* context)
        where TRule : IGradientRule
    {
        ref var work = ref *(Work*)context;
        int width = Vector<float>.Count;
        long column = begin * Block, last = Math.Min(end * Block, work.Columns);
        for (; column <= last - 4 * width; column += 4 * width) AddFour<TRule>(work, column);
        for (; column <= last - width; column += width) AddOne<TRule>(work, column);
        for (; column < last; column++) AddColumn<TRule>(work, column);
    }

    private static void AddFour<TRule>(in Work work, long column)
        where TRule : IGradientRule
    {
        int width = Vector<float>.Count;
        Vector<float> first = default, second = default, third = default, fourth = default;
        for (long row = 0; row < work.Rows;)
        {
            Vector<float> a = default, b = default, c = default, d = default;
            for (long stop = Math.Min(row + Run, work.Rows); row < stop; row++)
            {
                long at = row * work.Columns + column;
                if (TRule.IsLong && Exponential.HasLong && width == Vector256<float>.Count)
                {
                    Vector512<float> left = DeriveLong<TRule>(work, at), right = DeriveLong<TRule>(work, at + 2 * width);
                    a += left.GetLower().AsVector();
                    b += left.GetUpper().AsVector();
                    c += right.GetLower().AsVector();
                    d += right.GetUpper().AsVector();
                    continue;
                }

                a += Derive<TRule>(work, at);
                b += Derive<TRule>(work, at + width);
                c += Derive<TRule>(work, at + 2 * width);
                d += Derive<TRule>(work, at + 3 * width);
            }

            (first, second, third, fourth) = (first + a, second + b, third + c, fourth + d);
        }

        float* bias = work.Bias + column;
        Vector.Store(Vector.Load(bias) + first, bias);
        Vector.Store(Vector.Load(bias + width) + second, bias + width);
        Vector.Store(Vector.Load(bias + 2 * width) + third, bias + 2 * width);
        Vector.Store(Vector.Load(bias + 3 * width) + fourth, bias + 3 * width);
    }

    private static void AddOne<TRule>(in Work work, long column)
        where TRule : IGradientRule
    {
        Vector<float> total = default;
        for (long row = 0; row < work.Rows;)
        {
            Vector<float> sum = default;
            for (long stop = Math.Min(row + Run, work.Rows); row < stop; row++)
                sum += Derive<TRule>(work, row * work.Columns + column);
            total += sum;
        }

        Vector.Store(Vector.Load(work.Bias + column) + total, work.Bias + column);
    }

    private static void AddColumn<TRule>(in Work work, long column)
        where TRule : IGradientRule
    {
        float total = 0;
        for (long row = 0; row < work.Rows;)
        {
            float sum = 0;
            for (long stop = Math.Min(row + Run, work.Rows); row < stop; row++)
            {
                long at = row * work.Columns + column;
                float derived = work.Gradient[at];
                if (typeof(TRule) != typeof(Itself))
                    work.Output[at] = derived = TRule.Of(derived, work.Result[at], work.Number);
                sum += derived;
            }

            total += sum;
        }

        work.Bias[column] += total;
    }

    private static Vector<float> Derive<TRule>(in Work work, long at)
        where TRule : IGradientRule
    {
        var gradient = Vector.Load(work.Gradient + at);
        if (typeof(TRule) == typeof(Itself)) return gradient;
        var derived = TRule.Of(gradient, Vector.Load(work.Result + at), new Vector<float>(work.Number));
        Vector.Store(derived, work.Output + at);
        return derived;
    }

    private static Vector512<float> DeriveLong<TRule>(in Work work, long at)
        where TRule : IGradientRule
    {
        var derived = TRule.Of(Vector512.Load(work.Gradient + at), Vector512.Load(work.Result + at));
        Vector512.Store(derived, work.Output + at);
        return derived;
    }

    // No activation: nothing is written but the sum.
    private readonly struct Itself : IGradientRule
    {
        public static string? Kernel => "gradient";

        public static Vector<T> Of<T>(Vector<T> gradient, Vector<T> result, Vector<T> number)
            where T : unmanaged, INumber<T> => gradient;

        public static T Of<T>(T gradient, T result, T number)
            where T : unmanaged, INumber<T> => gradient;
    }

    private struct Work
    {
        public long Rows, Columns;
        public float* Output, Gradient, Result, Bias;
        public float Number;
    }
}
