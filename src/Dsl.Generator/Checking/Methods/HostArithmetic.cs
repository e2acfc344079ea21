using System;

namespace Dsl.Generator.Checking.Methods;

/// <summary>C#'s arithmetic on numbers that are known at compile time, such as the variable of an unrolled loop.</summary>
internal static class HostArithmetic
{
    /// <summary>The result; null where C# has none at compile time: an overflow, a division by zero.</summary>
    public static object? Binary(string symbol, object left, object right) => (left, right) switch
    {
        (int a, int b) => Whole(symbol, a, b) is long result ? result is >= int.MinValue and <= int.MaxValue ? (int)result : null : Compare(symbol, a.CompareTo(b)),
        (long a, long b) => Whole(symbol, a, b) ?? Compare(symbol, a.CompareTo(b)),
        (float a, float b) => Real(symbol, a, b) is double result ? (float)result : CompareReal(symbol, a, b),
        (double a, double b) => Real(symbol, a, b) ?? CompareReal(symbol, a, b),
        (bool a, bool b) => symbol switch { "==" => a == b, "!=" => a != b, "&&" => a && b, "||" => a || b, _ => null },
        _ => null,
    };

    public static object? Unary(string symbol, object operand) => (symbol, operand) switch
    {
        ("-", int value) when value != int.MinValue => -value,
        ("-", long value) when value != long.MinValue => -value,
        ("-", float value) => -value,
        ("-", double value) => -value,
        ("!", bool value) => !value,
        _ => null,
    };

    /// <summary>A number in another type; null where it does not fit.</summary>
    public static object? Convert(string type, object value) => (type, value) switch
    {
        (_, bool) => null,
        ("double", _) => System.Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture),
        ("float", _) => System.Convert.ToSingle(value, System.Globalization.CultureInfo.InvariantCulture),
        ("int" or "long", float or double) => Truncate(type, System.Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)),
        ("long", int number) => (long)number,
        ("int", long number) when number is >= int.MinValue and <= int.MaxValue => (int)number,
        ("int", int) or ("long", long) => value,
        _ => null,
    };

    /// <summary>A number as a double; null for a truth value and for what is not finite.</summary>
    public static double? Finite(object value) =>
        Convert("double", value) is double number && !double.IsNaN(number) && !double.IsInfinity(number) ? number : null;

    private static object? Truncate(string type, double value) => value is > -1e15 and < 1e15 ? Convert(type, (long)value) : null;

    private static object? Whole(string symbol, long a, long b)
    {
        try
        {
            return symbol switch
            {
                "+" => checked(a + b),
                "-" => checked(a - b),
                "*" => checked(a * b),
                "/" when b != 0 => checked(a / b),
                "%" when b != 0 && b != -1 => a % b,
                _ => null,
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static object? Real(string symbol, double a, double b) => symbol switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        "%" => a % b,
        _ => null,
    };

    private static object? CompareReal(string symbol, double a, double b) =>
        double.IsNaN(a) || double.IsNaN(b) ? symbol == "!=" : Compare(symbol, a.CompareTo(b));

    private static object? Compare(string symbol, int order) => symbol switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        ">=" => order >= 0,
        "==" => order == 0,
        "!=" => order != 0,
        _ => null,
    };
}
