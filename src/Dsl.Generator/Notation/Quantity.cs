using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Dsl.Generator.Notation;

/// <summary>A number with a unit, as a budget says it: <c>1.5M</c>, <c>64 KiB</c>.</summary>
internal static class Quantity
{
    private static readonly IReadOnlyDictionary<string, double> Counts =
        new Dictionary<string, double> { [""] = 1, ["k"] = 1e3, ["K"] = 1e3, ["M"] = 1e6, ["G"] = 1e9, ["T"] = 1e12 };

    private static readonly IReadOnlyDictionary<string, double> Bytes = new Dictionary<string, double>
    {
        [""] = 1, ["B"] = 1, ["kB"] = 1e3, ["KB"] = 1e3, ["MB"] = 1e6, ["GB"] = 1e9, ["TB"] = 1e12,
        ["KiB"] = 1024, ["MiB"] = 1024 * 1024, ["GiB"] = 1024 * 1024 * 1024, ["TiB"] = 1024d * 1024 * 1024 * 1024,
    };

    /// <summary>The number that a text stands for; null when it stands for none above 0.</summary>
    public static double? Parse(string text, bool isBytes)
    {
        string trimmed = text.Trim();
        string digits = new(trimmed.TakeWhile(letter => char.IsDigit(letter) || letter == '.').ToArray());
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number > 0
            && (isBytes ? Bytes : Counts).TryGetValue(trimmed.Substring(digits.Length).TrimStart(), out double unit)
            ? number * unit
            : null;
    }

    /// <summary>A whole number as messages show it: <c>1,663,370</c>.</summary>
    public static string Show(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
