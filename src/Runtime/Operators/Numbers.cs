using TorchSharp;

namespace Dsl.Runtime;

/// <summary>
/// The native objects of numbers. TorchSharp makes one at each call with a number, which costs more than the call, leaves
/// garbage and may be freed before the call is over; the numbers of a step are nearly all those of the step before.
/// </summary>
internal static class Numbers
{
    // A power of two.
    private const int Places = 64;

    [ThreadStatic]
    private static Place[]? s_places;

    /// <summary>
    /// A number's object. It belongs to this thread's table and lives at least until two other numbers were asked for: a call
    /// takes one or two of them.
    /// </summary>
    public static Scalar Of(double number)
    {
        long bits = BitConverter.DoubleToInt64Bits(number);
        ref var place = ref PlaceOf((ulong)bits);
        return place.Find(bits, isInteger: false) ?? place.Put(bits, isInteger: false, number.ToScalar());
    }

    /// <inheritdoc cref="Of(double)"/>
    public static Scalar Of(long number)
    {
        ref var place = ref PlaceOf(~(ulong)number);
        return place.Find(number, isInteger: true) ?? place.Put(number, isInteger: true, number.ToScalar());
    }

    private static ref Place PlaceOf(ulong bits)
    {
        var places = s_places ??= new Place[Places];

        // Fibonacci hashing: small integers differ in few of their highest bits.
        return ref places[(int)(bits * 0x9E3779B97F4A7C15UL >> 58)];
    }

    private readonly record struct Entry(long Bits, bool IsInteger, Scalar? Scalar);

    /// <summary>
    /// The last two numbers that share a place, so that a call with two has both. A third one pushes out the one that was asked
    /// for longest ago, which costs what a fresh object costs.
    /// </summary>
    private struct Place
    {
        private Entry _last;
        private Entry _before;

        public Scalar? Find(long bits, bool isInteger)
        {
            if (_last.Bits == bits && _last.IsInteger == isInteger) return _last.Scalar;
            if (_before.Bits != bits || _before.IsInteger != isInteger || _before.Scalar is null) return null;
            (_last, _before) = (_before, _last);
            return _last.Scalar;
        }

        public Scalar Put(long bits, bool isInteger, Scalar scalar)
        {
            _before.Scalar?.Dispose();
            (_before, _last) = (_last, new Entry(bits, isInteger, scalar));
            return scalar;
        }
    }
}
