namespace Dsl.Runtime;

/// <summary>A shape, and for views where in another value it lies.</summary>
/// <param name="Base">The number of the value that it is a view of; <see cref="Own"/> for none, <see cref="Outside"/> for a
/// tensor that is not the step's, such as a parameter.</param>
/// <param name="Offset">Elements from the first of that one to its own.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Type">The element type, as libtorch numbers it.</param>
/// <param name="Strides">Of a view; null where elements lie row by row.</param>
internal sealed record PlaceLayout(int Base, long Offset, long[] Shape, int Type, long[]? Strides)
{
    /// <summary>The base of what is no view.</summary>
    public const int Own = -1;

    /// <summary>The base of a view of a tensor that is not the step's.</summary>
    public const int Outside = -2;

    /// <summary>Whether it is no view.</summary>
    public bool IsOwn => Base == Own;

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

    public bool IsValue(ReadOnlySpan<long> shape, int type) => IsOwn && Type == type && shape.SequenceEqual(Shape);

    public bool IsView(long offset, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides) =>
        !IsOwn && Offset == offset && shape.SequenceEqual(Shape) && strides.SequenceEqual(Strides);
}
