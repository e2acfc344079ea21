using System.Globalization;

namespace Dsl.Torch;

/// <summary>A number as libtorch's <c>Scalar</c>: an integer, a floating-point number or a truth value, kept apart.</summary>
/// <remarks>
/// The difference decides type promotion: <c>x + 2</c> leaves an integer tensor integer, <c>x + 2.0</c> makes it floating.
/// <c>default(Number)</c> is no number at all: where an operator's schema has a default, it stands for that default.
/// </remarks>
public readonly struct Number : IEquatable<Number>
{
    internal readonly Value Value;

    internal Number(Value value) => Value = value;

    /// <summary>An integer.</summary>
    public static implicit operator Number(int value) => new(Torch.Value.Of((long)value));

    /// <summary>An integer.</summary>
    public static implicit operator Number(long value) => new(Torch.Value.Of(value));

    /// <summary>A floating-point number.</summary>
    public static implicit operator Number(double value) => new(Torch.Value.Of(value));

    /// <summary>A truth value.</summary>
    public static implicit operator Number(bool value) => new(Torch.Value.Of(value));

    /// <summary>
    /// The number as a tensor without dimensions. Its existence makes C# prefer a Number over a Tensor where an operator takes
    /// either and a plain number is given.
    /// </summary>
    public static implicit operator TorchSharp.torch.Tensor(Number value) =>
        Aten.full([], value);

    /// <summary>Whether this is <c>default(Number)</c>, which stands for the default of an operator's schema.</summary>
    public bool IsUnset => Value.Tag == ValueTag.Default;

    /// <summary>Whether this is a floating-point number.</summary>
    public bool IsFloatingPoint => Value.Tag == ValueTag.Double;

    /// <summary>Whether this is a truth value.</summary>
    public bool IsBoolean => Value.Tag == ValueTag.Bool;

    /// <summary>The number as a double; a truth value is 0 or 1.</summary>
    public double ToDouble() => IsFloatingPoint ? Value.Double : Value.Bits;

    /// <summary>The number as an integer, truncated towards zero; a truth value is 0 or 1.</summary>
    public long ToInt64() => IsFloatingPoint ? (long)Value.Double : Value.Bits;

    /// <summary>Whether the number differs from zero.</summary>
    public bool ToBoolean() => IsFloatingPoint ? Value.Double != 0 : Value.Bits != 0;

    /// <summary>Whether both have the same kind and the same value.</summary>
    public bool Equals(Number other) => Value.Tag == other.Value.Tag && Value.Bits == other.Value.Bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Number other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Value.Tag, Value.Bits);

    /// <summary>Whether both have the same kind and the same value.</summary>
    public static bool operator ==(Number left, Number right) => left.Equals(right);

    /// <summary>Whether kind or value differ.</summary>
    public static bool operator !=(Number left, Number right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => Value.Tag switch
    {
        ValueTag.Double => Value.Double.ToString("R", CultureInfo.InvariantCulture),
        ValueTag.Bool => Value.Bits != 0 ? "true" : "false",
        ValueTag.Default => "unset",
        _ => Value.Bits.ToString(CultureInfo.InvariantCulture),
    };
}
