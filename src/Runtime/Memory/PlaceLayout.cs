namespace Dsl.Runtime;

/// <summary>A shape, and for views where in another value it lies.</summary>
/// <param name="Base">The number of the value that it is a view of; −1 for none.</param>
/// <param name="Offset">Elements from the first of that one to its own.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Type">The element type, as libtorch numbers it.</param>
/// <param name="Strides">Of a view; null where elements lie row by row.</param>
internal sealed record PlaceLayout(int Base, long Offset, long[] Shape, int Type, long[]? Strides)
{
    /// <summary>32-bit words that it takes.</summary>
    public long Words
    {
        get
        {
            long bytes = BytesOf(Type);
            foreach (long size in Shape) bytes *= size;
            return (bytes + sizeof(float) - 1) / sizeof(float);
        }
    }

    /// <summary>The bytes of an element.</summary>
    public static int BytesOf(int type) => type switch
    {
        LibTorchAbi.Int64 => sizeof(long),
        LibTorchAbi.BFloat16 => sizeof(ushort),
        _ => sizeof(float),
    };

    public bool IsValue(ReadOnlySpan<long> shape, int type) => Base < 0 && Type == type && shape.SequenceEqual(Shape);

    public bool IsView(long offset, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides) =>
        Base >= 0 && Offset == offset && shape.SequenceEqual(Shape) && strides.SequenceEqual(Strides);
}
