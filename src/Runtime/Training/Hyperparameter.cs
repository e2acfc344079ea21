using System.Globalization;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime;

/// <summary>Checks of hyper-parameters that are set at run time.</summary>
public static class Hyperparameter
{
    /// <summary>The value, if it is legal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside of the interval, or is not a number.</exception>
    public static double Check(
        double value, double minimum, bool minimumIncluded, double maximum, bool maximumIncluded, [CallerMemberName] string name = "")
    {
        bool legal = (minimumIncluded ? value >= minimum : value > minimum) && (maximumIncluded ? value <= maximum : value < maximum);
        if (legal) return value;
        string interval = string.Create(CultureInfo.InvariantCulture,
            $"{(minimumIncluded ? '[' : '(')}{Bound(minimum)}, {Bound(maximum)}{(maximumIncluded ? ']' : ')')}");
        throw new ArgumentOutOfRangeException(
            name, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, but must lie in {interval}."));
    }

    private static string Bound(double value) =>
        double.IsPositiveInfinity(value) ? "inf" : double.IsNegativeInfinity(value) ? "-inf" : value.ToString(CultureInfo.InvariantCulture);
}
