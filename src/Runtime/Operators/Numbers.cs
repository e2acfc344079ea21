using TorchSharp;

namespace Dsl.Runtime;

/// <summary>
/// The native objects of numbers. TorchSharp makes one at each call with a number, which costs more than the call and leaves
/// garbage; the numbers of a step are nearly all those of the step before.
/// </summary>
internal static class Numbers
{
    // A power of two. Two numbers of one place push each other out, which costs what a fresh object costs.
    private const int Places = 64;

    [ThreadStatic]
    private static Entry[]? s_entries;

    /// <summary>A number's object. It belongs to this thread's table and lives until another number takes its place.</summary>
    public static Scalar Of(double number)
    {
        var entries = s_entries ??= new Entry[Places];
        long bits = BitConverter.DoubleToInt64Bits(number);

        // Fibonacci hashing: small integers differ in few of their highest bits.
        ref var entry = ref entries[(int)((ulong)bits * 0x9E3779B97F4A7C15UL >> 58)];
        if (entry.Scalar is { } known && entry.Bits == bits) return known;
        entry.Scalar?.Dispose();
        entry = new Entry(bits, number.ToScalar());
        return entry.Scalar!;
    }

    private readonly record struct Entry(long Bits, Scalar? Scalar);
}
