using System.Globalization;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime;

/// <summary>Legal ranges of hyper-parameters.</summary>
public static class Hyperparameter
{
    /// <summary>The value, when it lies in an interval.</summary>
    /// <param name="value">The value; NaN lies in no interval.</param>
    /// <param name="interval">The interval, as attributes note theirs: <c>"[0, 1)"</c>, <c>"(0, inf)"</c>. Infinity is legal
    /// in <c>"(0, inf]"</c> alone.</param>
    /// <param name="name">Name of the hyper-parameter: the calling property, when not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">It does not; the message says name, value and legal range.</exception>
    public static double Check(double value, string interval, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(interval);
        var comma = interval.IndexOf(',');
        double low = Bound(interval.AsSpan(1, comma - 1)), high = Bound(interval.AsSpan(comma + 1)[..^1]);
        var isAbove = interval[0] == '[' ? value >= low : value > low;
        var isBelow = interval[^1] == ']' ? value <= high : value < high;
        return isAbove && isBelow
            ? value
            : throw new ArgumentOutOfRangeException(
                name, string.Create(
                    CultureInfo.InvariantCulture, $"{name} is {value}, but must be {Range(interval, low, high)}."));
    }

    /// <inheritdoc cref="Check(double, string, string)"/>
    public static int Check(int value, string interval, [CallerMemberName] string name = "") =>
        (int)Check((double)value, interval, name);

    private static double Bound(ReadOnlySpan<char> text) => text.Trim() switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        var number => double.Parse(number, CultureInfo.InvariantCulture),
    };

    private static string Range(string interval, double low, double high)
    {
        bool hasLow = interval[0] == '[', hasHigh = interval[^1] == ']';
        return (double.IsNegativeInfinity(low), double.IsPositiveInfinity(high), hasHigh) switch
        {
            (true, true, _) => "a finite number",
            (false, true, false) => string.Create(
                CultureInfo.InvariantCulture, $"a finite number {(hasLow ? "of at least" : "above")} {low}"),
            (false, true, true) => string.Create(CultureInfo.InvariantCulture, $"{(hasLow ? "at least" : "above")} {low}"),
            (true, false, _) => string.Create(CultureInfo.InvariantCulture, $"{(hasHigh ? "at most" : "below")} {high}"),
            _ => $"in {interval}",
        };
    }
}
