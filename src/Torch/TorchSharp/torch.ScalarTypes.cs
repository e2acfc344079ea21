namespace TorchSharp;

public static partial class torch
{
    /// <summary>Unsigned 8-bit integer.</summary>
    public static readonly ScalarType uint8 = ScalarType.Byte;

    /// <summary>Signed 8-bit integer.</summary>
    public static readonly ScalarType int8 = ScalarType.Int8;

    /// <summary>Signed 16-bit integer.</summary>
    public static readonly ScalarType int16 = ScalarType.Int16;

    /// <summary>Signed 32-bit integer.</summary>
    public static readonly ScalarType int32 = ScalarType.Int32;

    /// <summary>Signed 64-bit integer.</summary>
    public static readonly ScalarType int64 = ScalarType.Int64;

    /// <summary>IEEE half precision.</summary>
    public static readonly ScalarType float16 = ScalarType.Float16;

    /// <summary>IEEE single precision.</summary>
    public static readonly ScalarType float32 = ScalarType.Float32;

    /// <summary>IEEE double precision.</summary>
    public static readonly ScalarType float64 = ScalarType.Float64;

    /// <summary>Brain float: single precision's range with 8 bits of precision.</summary>
    public static readonly ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary>Complex number of two single-precision numbers.</summary>
    public static readonly ScalarType complex64 = ScalarType.ComplexFloat32;

    /// <summary>Complex number of two double-precision numbers.</summary>
    public static readonly ScalarType complex128 = ScalarType.ComplexFloat64;

    /// <summary>Truth value.</summary>
    public static readonly ScalarType @bool = ScalarType.Bool;

    /// <summary>Signed 16-bit integer.</summary>
    public static readonly ScalarType @short = ScalarType.Int16;

    /// <summary>Signed 32-bit integer.</summary>
    public static readonly ScalarType @int = ScalarType.Int32;

    /// <summary>Signed 64-bit integer.</summary>
    public static readonly ScalarType @long = ScalarType.Int64;

    /// <summary>IEEE half precision.</summary>
    public static readonly ScalarType half = ScalarType.Float16;

    /// <summary>IEEE single precision.</summary>
    public static readonly ScalarType @float = ScalarType.Float32;

    /// <summary>IEEE double precision.</summary>
    public static readonly ScalarType @double = ScalarType.Float64;

    /// <summary>Whether the type is an integer type; truth values count as integers.</summary>
    public static bool is_integral(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool => true,
        _ => false,
    };

    /// <summary>Whether the type is a real floating-point type.</summary>
    public static bool is_floating_point(ScalarType type) => type switch
    {
        ScalarType.BFloat16 or ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 => true,
        _ => false,
    };

    /// <summary>Whether the type is a complex type.</summary>
    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;
}
