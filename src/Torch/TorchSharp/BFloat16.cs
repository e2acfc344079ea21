using System.Globalization;

namespace TorchSharp;

/// <summary>Brain float: the upper half of a single-precision number.</summary>
public readonly struct BFloat16 : IEquatable<BFloat16>
{
    private readonly ushort bits;

    /// <summary>The nearest brain float of a number; ties go to the even one.</summary>
    public BFloat16(float value)
    {
        var single = BitConverter.SingleToUInt32Bits(value);
        bits = float.IsNaN(value) ? (ushort)0x7FC0 : (ushort)((single + 0x7FFF + ((single >> 16) & 1)) >> 16);
    }

    /// <summary>The nearest brain float of a number.</summary>
    public static explicit operator BFloat16(float value) => new(value);

    /// <summary>The number in single precision; exact.</summary>
    public static implicit operator float(BFloat16 value) => value.ToSingle();

    /// <summary>Whether both have the same bits.</summary>
    public static bool operator ==(BFloat16 left, BFloat16 right) => left.Equals(right);

    /// <summary>Whether their bits differ.</summary>
    public static bool operator !=(BFloat16 left, BFloat16 right) => !left.Equals(right);

    /// <summary>The number in single precision; exact.</summary>
    public float ToSingle() => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <inheritdoc/>
    public bool Equals(BFloat16 other) => bits == other.bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => bits;

    /// <inheritdoc/>
    public override string ToString() => ToSingle().ToString(CultureInfo.InvariantCulture);
}
