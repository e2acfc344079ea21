namespace Dsl.Runtime;

/// <summary>How many threads share a row.</summary>
internal static class RowBlock
{
    private const int Warp = 32, Wide = 256, ShortRow = 1024;

    /// <summary>A warp, which needs no memory to add up, unless the row is long.</summary>
    public static int Of(long columns) => columns <= ShortRow ? Warp : Wide;
}
