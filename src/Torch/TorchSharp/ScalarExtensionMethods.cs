using Dsl.Torch;

namespace TorchSharp;

/// <summary>Conversions between .NET's numbers and <see cref="Scalar"/>.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>An integer.</summary>
    public static Scalar ToScalar(this byte value) => Integer(value);

    /// <summary>An integer.</summary>
    public static Scalar ToScalar(this sbyte value) => Integer(value);

    /// <summary>An integer.</summary>
    public static Scalar ToScalar(this short value) => Integer(value);

    /// <summary>An integer.</summary>
    public static Scalar ToScalar(this int value) => Integer(value);

    /// <summary>An integer.</summary>
    public static Scalar ToScalar(this long value) => Integer(value);

    /// <summary>A floating-point number.</summary>
    public static Scalar ToScalar(this Half value) => FloatingPoint((double)value);

    /// <summary>A floating-point number.</summary>
    public static Scalar ToScalar(this float value) => FloatingPoint(value);

    /// <summary>A floating-point number.</summary>
    public static Scalar ToScalar(this double value) => FloatingPoint(value);

    /// <summary>A truth value.</summary>
    public static Scalar ToScalar(this bool value) => new(value, torch.ScalarType.Bool);

    /// <summary>The number in half precision.</summary>
    public static Half ToHalf(this Scalar value) => (Half)value.ToDouble();

    /// <summary>The number in single precision.</summary>
    public static float ToSingle(this Scalar value) => (float)value.ToDouble();

    /// <summary>The number in double precision.</summary>
    public static double ToDouble(this Scalar value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Number.ToDouble();
    }

    /// <summary>The number as an integer, truncated towards zero.</summary>
    /// <exception cref="OverflowException">The number does not fit.</exception>
    public static sbyte ToSByte(this Scalar value) => checked((sbyte)value.ToInt64());

    /// <summary>The number as an integer, truncated towards zero.</summary>
    /// <exception cref="OverflowException">The number does not fit.</exception>
    public static byte ToByte(this Scalar value) => checked((byte)value.ToInt64());

    /// <summary>The number as an integer, truncated towards zero.</summary>
    /// <exception cref="OverflowException">The number does not fit.</exception>
    public static short ToInt16(this Scalar value) => checked((short)value.ToInt64());

    /// <summary>The number as an integer, truncated towards zero.</summary>
    /// <exception cref="OverflowException">The number does not fit.</exception>
    public static int ToInt32(this Scalar value) => checked((int)value.ToInt64());

    /// <summary>The number as an integer, truncated towards zero.</summary>
    public static long ToInt64(this Scalar value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Number.ToInt64();
    }

    /// <summary>Whether the number differs from zero.</summary>
    public static bool ToBoolean(this Scalar value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Number.ToBoolean();
    }

    private static Scalar Integer(long value) => new(value, torch.ScalarType.Int64);

    private static Scalar FloatingPoint(double value) => new(value, torch.ScalarType.Float64);
}
