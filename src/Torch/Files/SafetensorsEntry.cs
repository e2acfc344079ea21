using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Torch;

/// <summary>One tensor in the header of a safetensors file.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">Its elements' type.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Begin">Where its bytes begin, from the end of the header.</param>
/// <param name="End">Where they end.</param>
internal sealed record SafetensorsEntry(string Name, ScalarType Type, long[] Shape, long Begin, long End)
{
    private static readonly (string Code, ScalarType Type, int Size)[] Types =
    [
        ("F64", ScalarType.Float64, 8), ("I64", ScalarType.Int64, 8), ("F32", ScalarType.Float32, 4), ("I32", ScalarType.Int32, 4),
        ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2), ("I16", ScalarType.Int16, 2),
        ("I8", ScalarType.Int8, 1), ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    /// <summary>The format's name of the elements' type.</summary>
    public string Code => Array.Find(Types, type => type.Type == Type).Code;

    /// <summary>How many bytes an element has.</summary>
    public int ElementSize => Array.Find(Types, type => type.Type == Type).Size;

    /// <summary>The type that the format calls so; null for one that it does not have.</summary>
    public static ScalarType? TypeOf(string? code) =>
        Array.FindIndex(Types, type => type.Code == code) is >= 0 and var found ? Types[found].Type : null;

    /// <summary>Whether the format has the type.</summary>
    public static bool Holds(ScalarType type) => Array.Exists(Types, entry => entry.Type == type);
}
