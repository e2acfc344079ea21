using System.Globalization;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime;

/// <summary>Legal ranges of hyper-parameters.</summary>
public static class Hyperparameter
{
    /// <summary>The value, when it lies in an interval.</summary>
    /// <param name="value">The value; NaN lies in no interval.</param>
    /// <param name="min">Lower end; may be negative infinity.</param>
    /// <param name="minInclusive">Whether the lower end is legal.</param>
    /// <param name="max">Upper end; may be positive infinity.</param>
    /// <param name="maxInclusive">Whether the upper end is legal.</param>
    /// <param name="name">Name of the hyper-parameter: the calling property, when not given.</param>
    /// <exception cref="ArgumentOutOfRangeException">It does not; the message says name, value and legal range.</exception>
    public static double Check(
        double value, double min, bool minInclusive, double max, bool maxInclusive, [CallerMemberName] string name = "")
    {
        var isAbove = minInclusive ? value >= min : value > min;
        var isBelow = maxInclusive ? value <= max : value < max;
        return isAbove && isBelow
            ? value
            : throw new ArgumentOutOfRangeException(
                name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} is {value}, but must be {Range(min, minInclusive, max, maxInclusive)}."));
    }

    private static string Range(double min, bool minInclusive, double max, bool maxInclusive)
    {
        var low = min.ToString(CultureInfo.InvariantCulture);
        var high = max.ToString(CultureInfo.InvariantCulture);
        return (double.IsNegativeInfinity(min), double.IsPositiveInfinity(max), maxInclusive) switch
        {
            (true, true, _) => "a finite number",
            (false, true, false) => $"a finite number {(minInclusive ? "of at least" : "above")} {low}",
            (false, true, true) => $"{(minInclusive ? "at least" : "above")} {low}",
            (true, false, _) => $"{(maxInclusive ? "at most" : "below")} {high}",
            _ => $"in {(minInclusive ? '[' : '(')}{low}, {high}{(maxInclusive ? ']' : ')')}",
        };
    }
}
