using System;

namespace Dsl.Generator.Bodies;

/// <summary>C#'s arithmetic on numbers that are known at compile time, such as the variable of an unrolled loop.</summary>
internal static class HostArithmetic
{
    /// <summary>The result; null where C# has none at compile time: an overflow, a division by zero.</summary>
    public static object? Binary(string symbol, object left, object right) => (left, right) switch
    {
        (int a, int b) => Whole(symbol, a, b) is long result ? result is >= int.MinValue and <= int.MaxValue ? (int)result
            : null : Compare(symbol, a.CompareTo(b)),
        (uint a, uint b) => Whole(symbol, a, b) is long result ? result is >= uint.MinValue and <= uint.MaxValue ? (uint)result
            : null : Compare(symbol, a.CompareTo(b)),
        (long a, long b) => Whole(symbol, a, b) ?? Compare(symbol, a.CompareTo(b)),
        (ulong a, ulong b) => Unsigned(symbol, a, b) ?? Compare(symbol, a.CompareTo(b)),
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

    /// <summary>A number in another type; null where C# does not say what it is, or that it is an error.</summary>
    /// <param name="isChecked">Whether what does not fit is an error; otherwise its highest bits are dropped.</param>
    public static object? Convert(string type, object value, bool isChecked) => value switch
    {
        bool => null,
        float or double when type is not ("float" or "double") => Truncate(type, ToDouble(value)),
        _ when type == "double" => ToDouble(value),
        _ when type == "float" =>
            value is ulong large ? large : value is float or double ? (float)ToDouble(value) : (float)ToLong(value),
        ulong large => (isChecked && large > long.MaxValue && type != "ulong") ? null
            : Narrow(type, unchecked((long)large), isChecked && type != "ulong"),
        _ => Narrow(type, ToLong(value), isChecked),
    };

    /// <summary>A number as a double; null for a truth value and for what is not finite.</summary>
    public static double? Finite(object value) =>
        Convert("double", value, false) is double number && !double.IsNaN(number) && !double.IsInfinity(number) ? number : null;

    private static double ToDouble(object value) => value switch
    {
        float number => number,
        double number => number,
        ulong number => number,
        _ => ToLong(value),
    };

    /// <summary>A whole number of any type but ulong.</summary>
    private static long ToLong(object value) =>
        value is char character ? character : System.Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);

    private static object? Narrow(string type, long value, bool isChecked)
    {
        object? narrow = unchecked(type switch
        {
            "sbyte" => (sbyte)value,
            "byte" => (byte)value,
            "short" => (short)value,
            "ushort" => (ushort)value,
            "char" => (char)value,
            "int" => (int)value,
            "uint" => (uint)value,
            "ulong" => (ulong)value,
            "long" => (object)value,
            _ => null,
        });
        bool fits = narrow is ulong ? value >= 0 : narrow is not null && ToLong(narrow) == value;
        return isChecked && !fits ? null : narrow;
    }

    // What does not fit differs between machines.
    private static object? Truncate(string type, double value) =>
        value is > -1e15 and < 1e15 ? Narrow(type, (long)value, true) : null;

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

    private static object? Unsigned(string symbol, ulong a, ulong b) => symbol switch
    {
        "+" when b <= ulong.MaxValue - a => a + b,
        "-" when b <= a => a - b,
        "*" when a == 0 || b <= ulong.MaxValue / a => a * b,
        "/" when b != 0 => a / b,
        "%" when b != 0 => a % b,
        _ => null,
    };

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
