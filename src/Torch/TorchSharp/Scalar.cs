using Dsl.Torch;

namespace TorchSharp;

/// <summary>A number as an argument of an operation: an integer, a floating-point number or a truth value.</summary>
/// <remarks>The kind decides type promotion: an integer tensor plus an integer stays integer.</remarks>
public sealed class Scalar : IDisposable
{
    internal readonly Number Number;

    internal Scalar(Number number, torch.ScalarType type)
    {
        Number = number;
        Type = type;
    }

    /// <summary>The type that libtorch keeps the number in: Int64, Float64 or Bool.</summary>
    public torch.ScalarType Type { get; }

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(byte value) => value.ToScalar();

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(sbyte value) => value.ToScalar();

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(short value) => value.ToScalar();

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(int value) => value.ToScalar();

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(long value) => value.ToScalar();

    /// <summary>A floating-point number.</summary>
    public static implicit operator Scalar(Half value) => value.ToScalar();

    /// <summary>A floating-point number.</summary>
    public static implicit operator Scalar(float value) => value.ToScalar();

    /// <summary>A floating-point number.</summary>
    public static implicit operator Scalar(double value) => value.ToScalar();

    /// <summary>A truth value.</summary>
    public static implicit operator Scalar(bool value) => value.ToScalar();

    /// <summary>Does nothing: a number holds no native memory here.</summary>
    public void Dispose()
    {
    }

    /// <inheritdoc/>
    public override string ToString() => Number.ToString();
}
