using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The element types that PyTorch names storages by.</summary>
internal static class PyTorchTypes
{
    private static readonly (string Storage, ScalarType Type, int Size)[] All =
    [
        ("DoubleStorage", ScalarType.Float64, 8),
        ("FloatStorage", ScalarType.Float32, 4),
        ("HalfStorage", ScalarType.Float16, 2),
        ("BFloat16Storage", ScalarType.BFloat16, 2),
        ("LongStorage", ScalarType.Int64, 8),
        ("IntStorage", ScalarType.Int32, 4),
        ("ShortStorage", ScalarType.Int16, 2),
        ("CharStorage", ScalarType.Int8, 1),
        ("ByteStorage", ScalarType.Byte, 1),
        ("BoolStorage", ScalarType.Bool, 1),
    ];

    /// <summary>The type and the bytes of an element, or null when no network has such elements.</summary>
    public static (ScalarType Type, int Size)? Find(string storage)
    {
        var index = Array.FindIndex(All, known => known.Storage == storage);
        return index < 0 ? null : (All[index].Type, All[index].Size);
    }
}
