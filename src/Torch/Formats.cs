namespace Dsl.Torch;

/// <summary>How a tensor's elements are kept; libtorch's codes.</summary>
public enum Layout : sbyte
{
    /// <summary>Dense, with a stride per dimension.</summary>
    Strided = 0,

    /// <summary>Sparse coordinates.</summary>
    Sparse = 1,

    /// <summary>Compressed sparse rows.</summary>
    SparseCsr = 2,

    /// <summary>An opaque oneDNN layout.</summary>
    Mkldnn = 3,
}

/// <summary>The order of a dense tensor's dimensions in memory; libtorch's codes.</summary>
public enum MemoryFormat : sbyte
{
    /// <summary>Row-major: the last dimension is the innermost ([N, C, H, W] lies as N, C, H, W).</summary>
    Contiguous = 0,

    /// <summary>As the source has it.</summary>
    Preserve = 1,

    /// <summary>[N, C, H, W] lies as N, H, W, C.</summary>
    ChannelsLast = 2,

    /// <summary>[N, C, D, H, W] lies as N, D, H, W, C.</summary>
    ChannelsLast3d = 3,
}
