namespace TorchSharp;

public static partial class torch
{
    /// <summary>The types of a tensor's elements; libtorch's codes.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>Unsigned 8-bit integer.</summary>
        Byte = 0,

        /// <summary>Signed 8-bit integer.</summary>
        Int8 = 1,

        /// <summary>Signed 16-bit integer.</summary>
        Int16 = 2,

        /// <summary>Signed 32-bit integer.</summary>
        Int32 = 3,

        /// <summary>Signed 64-bit integer.</summary>
        Int64 = 4,

        /// <summary>IEEE half precision.</summary>
        Float16 = 5,

        /// <summary>IEEE single precision.</summary>
        Float32 = 6,

        /// <summary>IEEE double precision.</summary>
        Float64 = 7,

        /// <summary>Complex number of two single-precision numbers.</summary>
        ComplexFloat32 = 9,

        /// <summary>Complex number of two double-precision numbers.</summary>
        ComplexFloat64 = 10,

        /// <summary>Truth value, one byte.</summary>
        Bool = 11,

        /// <summary>Brain float: single precision's range with 8 bits of precision.</summary>
        BFloat16 = 15,
    }
}
