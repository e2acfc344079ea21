using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime;

/// <summary>Images with margins of zeros, channel by channel, each in four planes: places of even and of odd rows and columns.
/// What neighbouring tiles of 2 x 2 places read then lies side by side.</summary>
internal readonly unsafe struct WinogradImages
{
    private readonly WinogradSizes _tiles;
    private readonly long _row, _plane;

    public WinogradImages(in WinogradSizes tiles)
    {
        _tiles = tiles;
        _row = tiles.Across + 1;
        _plane = _row * (tiles.Down + 1);
    }

    /// <summary>Elements of a channel.</summary>
    public long Channel => 4 * _plane;

    /// <summary>Elements of a sample.</summary>
    public long Size => Channel * _tiles.Convolution.Channels;

    /// <summary>Writes samples [sample, sample + count) into memory whose margins are zeros.</summary>
    /// <param name="x">[N, C, H, W] without gaps.</param>
    /// <param name="sample">The first one.</param>
    /// <param name="count">How many.</param>
    /// <param name="to">Room for as many, laid out before or all zeros.</param>
    public void Lay(float* x, long sample, long count, float* to)
    {
        var sizes = _tiles.Convolution;
        float* from = x + sample * sizes.Channels * sizes.Height * sizes.Width;

        // Columns 0, 2, … of the image are even or odd ones of the padded image, as its margin is.
        var (half, odd) = Math.DivRem(sizes.PaddingX, 2);
        long even = half + odd * _plane, other = odd == 0 ? half + _plane : half + 1;
        for (long plane = 0; plane < count * sizes.Channels; plane++, to += Channel)
        {
            for (long y = 0; y < sizes.Height; y++, from += sizes.Width)
            {
                long padded = y + sizes.PaddingY;
                float* row = to + padded % 2 * 2 * _plane + padded / 2 * _row;
                Split(from, sizes.Width, row + even, row + other);
            }
        }
    }

    /// <summary>Where each of the 4 x 4 places that a tile reads stands, from its first.</summary>
    public void SetOffsets(Span<long> offsets)
    {
        for (int i = 0; i < WinogradSizes.Points; i++)
        {
            int y = i / 4, x = i % 4;
            offsets[i] = (y % 2 * 2 + x % 2) * _plane + y / 2 * _row + x / 2;
        }
    }

    /// <summary>The pieces of rows that some tiles are, counted over the samples that are laid out.</summary>
    /// <param name="first">The first tile.</param>
    /// <param name="count">How many.</param>
    /// <param name="pieces">At least as many.</param>
    /// <returns>The number of pieces.</returns>
    public int Pieces(long first, int count, Span<Panels.Piece> pieces)
    {
        int used = 0;
        for (int done = 0; done < count; used++)
        {
            var (sample, y, x) = _tiles.Place(first + done);
            int length = (int)Math.Min(_tiles.Across - x, count - done);
            pieces[used] = new Panels.Piece(done, length, sample * Size + y * _row + x);
            done += length;
        }

        return used;
    }

    private static void Split(float* from, long count, float* even, float* odd)
    {
        var indices = Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15);
        long i = 0;
        for (; i + 16 <= count; i += 16)
        {
            var sorted = Avx512F.PermuteVar16x32(Vector512.Load(from + i), indices);
            sorted.GetLower().Store(even + i / 2);
            sorted.GetUpper().Store(odd + i / 2);
        }

        for (; i < count; i++) (i % 2 == 0 ? even : odd)[i / 2] = from[i];
    }
}
