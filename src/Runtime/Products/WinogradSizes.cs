using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime;

/// <summary>
/// A convolution with kernels of 3 x 3 in tiles of places of its output. A tile reads two more rows and columns than it has;
/// after a change of basis it is one product for each place that it reads, where there were nine for each that it writes (Lavin
/// and Gray 2016, "Fast algorithms for convolutional neural networks", arXiv 1509.09308).
/// </summary>
/// <param name="Convolution">The convolution.</param>
/// <param name="Side">Places of a tile's side: 2 (<see cref="WinogradTwo"/>), or 4 (<see cref="WinogradFour"/>).</param>
internal readonly record struct WinogradSizes(ConvolutionSizes Convolution, int Side)
{
    /// <summary>Products of the largest tile.</summary>
    public const int MostPoints = 36;

    // Below, what the change of basis costs is not won back.
    private const long FewestChannels = 16, FewestOfLarge = 32;

    // More than that lie in memory alone, where fewer and larger tiles read them too seldom.
    private const long MostKernels = 1 << 22;

    // A line of an image lies on the stack.
    private const long WidestImage = 16384;

    /// <summary>Products of a tile, for a pair of an input and an output channel.</summary>
    public int Points => (Side + 2) * (Side + 2);

    /// <summary>Tiles from top to bottom.</summary>
    public long Down => (Convolution.OutputHeight + Side - 1) / Side;

    /// <summary>Tiles from left to right.</summary>
    public long Across => (Convolution.OutputWidth + Side - 1) / Side;

    /// <summary>Tiles of a sample.</summary>
    public long Tiles => Down * Across;

    /// <summary>The tiles for the gradient of the kernels, of which only sums are changed back.</summary>
    public WinogradSizes OfKernels => new WinogradSizes(Convolution, 4) is { IsWorthIt: true } four ? four : this;

    // Of a sample, for a pair of channels.
    private long Products => Points * Tiles;

    private bool IsWorthIt => Products <= 0.8 * new WinogradSizes(Convolution, 2).Products
        && Points * Convolution.Channels * Convolution.Outputs <= MostKernels;

    /// <summary>Output channels in panels of rows: rounded up to the lowest.</summary>
    public long Rows => (Convolution.Outputs + ProductKernel.FewRows - 1) / ProductKernel.FewRows * ProductKernel.FewRows;

    /// <summary>Panels of rows: large ones, then low ones.</summary>
    public int Groups
    {
        get
        {
            var (large, rest) = Math.DivRem(Rows, ProductKernel.Rows);
            return (int)(large + rest / ProductKernel.FewRows);
        }
    }

    /// <summary>The tiles of a convolution with kernels of 3 x 3. Large ones round more, and their change of basis costs
    /// more.</summary>
    public static WinogradSizes Of(in ConvolutionSizes sizes) =>
        new WinogradSizes(sizes, 4) is { IsWorthIt: true } four && Math.Min(sizes.Channels, sizes.Outputs) >= FewestOfLarge ? four
            : new WinogradSizes(sizes, 2);

    /// <summary>Whether a convolution is one of those for which it is worth it, on this processor.</summary>
    public static bool Take(in ConvolutionSizes sizes)
    {
        if (!Avx512F.IsSupported || sizes.KernelHeight != 3 || sizes.KernelWidth != 3 || sizes.StrideY != 1 || sizes.StrideX != 1
            || sizes.DilationY != 1 || sizes.DilationX != 1 || sizes.PaddingY > 2 || sizes.PaddingX > 2
            || sizes.Channels < FewestChannels || sizes.Outputs < FewestChannels || sizes.Width > WidestImage) return false;

        // The last tile of an odd row is computed whole.
        var tiles = Of(sizes);
        return tiles.Products <= 5.2 * sizes.Places && sizes.Samples * tiles.Tiles >= ProductKernel.Columns;
    }

    /// <summary>The first row of a panel of rows, and its height.</summary>
    public (long Row, int Height) Group(int group)
    {
        int large = (int)(Rows / ProductKernel.Rows);
        return group < large
            ? (group * ProductKernel.Rows, ProductKernel.Rows)
            : (large * ProductKernel.Rows + (group - large) * ProductKernel.FewRows, ProductKernel.FewRows);
    }

    /// <summary>Where a tile is, counted over samples.</summary>
    public (long Sample, long Y, long X) Place(long tile)
    {
        var (sample, rest) = Math.DivRem(tile, Tiles);
        var (y, x) = Math.DivRem(rest, Across);
        return (sample, y, x);
    }
}
