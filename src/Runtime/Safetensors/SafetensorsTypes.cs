using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The element types of the safetensors format that libtorch has too.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Code, ScalarType Type, int Size)[] All =
    [
        ("F64", ScalarType.Float64, 8),
        ("F32", ScalarType.Float32, 4),
        ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8),
        ("I32", ScalarType.Int32, 4),
        ("I16", ScalarType.Int16, 2),
        ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1),
        ("BOOL", ScalarType.Bool, 1),
    ];

    /// <summary>All codes, for messages.</summary>
    public static string Codes => string.Join(", ", All.Select(known => known.Code));

    /// <summary>The code of a type, or null when the format has none.</summary>
    public static string? Code(ScalarType type) => Array.Find(All, known => known.Type == type).Code;

    /// <summary>The type of a code and the bytes of an element, or null when the code is unknown.</summary>
    public static (ScalarType Type, int Size)? Find(string? code)
    {
        var index = Array.FindIndex(All, known => known.Code == code);
        return index < 0 ? null : (All[index].Type, All[index].Size);
    }
}
