namespace Dsl.Runtime;

/// <summary>A size of an input or an output: a number, or the name of one that every run may choose, as of the batch.</summary>
public readonly record struct OnnxSize
{
    private OnnxSize(long? known, string? symbol) => (Known, Symbol) = (known, symbol);

    /// <summary>The number; null where runs choose.</summary>
    public long? Known { get; }

    /// <summary>The name; null for a number.</summary>
    public string? Symbol { get; }

    /// <summary>A number.</summary>
    public static implicit operator OnnxSize(long size) => FromInt64(size);

    /// <summary>A name.</summary>
    public static implicit operator OnnxSize(string symbol) => FromString(symbol);

    /// <summary>A number.</summary>
    public static OnnxSize FromInt64(long size) => new(size, null);

    /// <summary>A name.</summary>
    public static OnnxSize FromString(string symbol) => new(null, symbol);
}
