using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime;

/// <summary>
/// A convolution with kernels of 3 x 3 in tiles of 2 x 2 places of its output. Each tile reads 4 x 4 places; after a change of
/// basis it is 16 products where there were 36 (Lavin and Gray 2016, "Fast algorithms for convolutional neural networks", arXiv
/// 1509.09308, F(2 x 2, 3 x 3)). The change adds, subtracts and halves: its rounding is that of a few more additions.
/// </summary>
internal readonly record struct WinogradSizes(ConvolutionSizes Convolution)
{
    /// <summary>Products of a tile, for a pair of an input and an output channel.</summary>
    public const int Points = 16;

    // Below, what the change of basis costs is not won back.
    private const long FewestChannels = 16;

    /// <summary>Tiles from top to bottom.</summary>
    public long Down => (Convolution.OutputHeight + 1) / 2;

    /// <summary>Tiles from left to right.</summary>
    public long Across => (Convolution.OutputWidth + 1) / 2;

    /// <summary>Tiles of a sample.</summary>
    public long Tiles => Down * Across;

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

    /// <summary>Whether a convolution is one of those for which it is worth it, on this processor.</summary>
    public static bool Take(in ConvolutionSizes sizes)
    {
        if (!Avx512F.IsSupported || sizes.KernelHeight != 3 || sizes.KernelWidth != 3 || sizes.StrideY != 1 || sizes.StrideX != 1
            || sizes.DilationY != 1 || sizes.DilationX != 1 || sizes.PaddingY > 2 || sizes.PaddingX > 2
            || sizes.Channels < FewestChannels || sizes.Outputs < FewestChannels) return false;

        // The last tile of an odd row is computed whole, and so is the last panel of tiles.
        long tiles = new WinogradSizes(sizes).Tiles;
        return 4 * tiles <= 1.3 * sizes.Places && sizes.Samples * tiles >= ProductKernel.Columns;
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
