using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Which .NET type an element of a tensor is.</summary>
internal static class ElementTypes
{
    public static bool Match<T>(ScalarType type)
        where T : unmanaged => type switch
        {
            ScalarType.Byte => typeof(T) == typeof(byte),
            ScalarType.Int8 => typeof(T) == typeof(sbyte),
            ScalarType.Int16 => typeof(T) == typeof(short),
            ScalarType.Int32 => typeof(T) == typeof(int),
            ScalarType.Int64 => typeof(T) == typeof(long),
            ScalarType.Float16 => typeof(T) == typeof(Half),
            ScalarType.BFloat16 => typeof(T) == typeof(BFloat16),
            ScalarType.Float32 => typeof(T) == typeof(float),
            ScalarType.Float64 => typeof(T) == typeof(double),
            ScalarType.Bool => typeof(T) == typeof(bool),
            ScalarType.ComplexFloat32 => typeof(T) == typeof((float, float)),
            ScalarType.ComplexFloat64 => typeof(T) == typeof(System.Numerics.Complex),
            _ => false,
        };

    /// <exception cref="NotSupportedException">No tensor has elements of that type.</exception>
    public static ScalarType Of(Type type)
    {
        return type == typeof(float) ? ScalarType.Float32
            : type == typeof(double) ? ScalarType.Float64
            : type == typeof(long) ? ScalarType.Int64
            : type == typeof(int) ? ScalarType.Int32
            : type == typeof(byte) ? ScalarType.Byte
            : type == typeof(bool) ? ScalarType.Bool
            : type == typeof(short) ? ScalarType.Int16
            : type == typeof(sbyte) ? ScalarType.Int8
            : type == typeof(Half) ? ScalarType.Float16
            : type == typeof(BFloat16) ? ScalarType.BFloat16
            : throw new NotSupportedException($"A tensor cannot have elements of type {type}.");
    }
}
