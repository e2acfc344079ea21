using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime;

/// <summary>
/// Images with margins of zeros, channel by channel, each in planes: one for each row of a tile and each column that it reads. A
/// plane has one place of each tile, so that what neighbouring tiles read lies side by side, down the whole image.
/// </summary>
internal readonly unsafe struct WinogradImages
{
    // Behind the end of a line, for whole vectors.
    private const int Slack = 32;

    private readonly WinogradSizes _tiles;
    private readonly long _plane;
    private readonly int _columns;

    public WinogradImages(in WinogradSizes tiles)
    {
        _tiles = tiles;
        _columns = tiles.Side + 2;

        // Rows below a tile's are the first ones of the tile below.
        _plane = tiles.Across * (tiles.Down + 1);
    }

    /// <summary>Elements of a channel.</summary>
    public long Channel => _tiles.Side * _columns * _plane;

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
        int side = _tiles.Side;
        long across = _tiles.Across, padded = side * across + 2;
        float* from = x + sample * sizes.Channels * sizes.Height * sizes.Width;
        float* line = stackalloc float[checked((int)padded + Slack)];
        new Span<float>(line, (int)padded + Slack).Clear();
        for (long plane = 0; plane < count * sizes.Channels; plane++, to += Channel)
        {
            for (long y = 0; y < sizes.Height; y++, from += sizes.Width)
            {
                var (down, row) = Math.DivRem(y + sizes.PaddingY, side);
                WinogradConvolution.Copy(from, line + sizes.PaddingX, (int)sizes.Width);
                float* target = to + row * _columns * _plane + down * across;
                if (side == 4)
                    for (int column = 0; column < 6; column++, target += _plane) EveryFourth(line + column, target, across);
                else
                    for (int column = 0; column < 4; column++, target += _plane) EverySecond(line + column, target, across);
            }
        }
    }

    /// <summary>Where each of the places that a tile reads stands, from its first.</summary>
    public void SetOffsets(Span<long> offsets)
    {
        for (int i = 0; i < _tiles.Points; i++)
        {
            int y = i / _columns, x = i % _columns;
            offsets[i] = (y % _tiles.Side * _columns + x) * _plane + y / _tiles.Side * _tiles.Across;
        }
    }

    /// <summary>The pieces, one of each sample, that some tiles are, counted over the samples that are laid out.</summary>
    /// <param name="first">The first tile.</param>
    /// <param name="count">How many.</param>
    /// <param name="pieces">At least as many.</param>
    /// <returns>The number of pieces.</returns>
    public int Pieces(long first, int count, Span<Panels.Piece> pieces)
    {
        int used = 0;
        for (int done = 0; done < count; used++)
        {
            var (sample, tile) = Math.DivRem(first + done, _tiles.Tiles);
            int length = (int)Math.Min(_tiles.Tiles - tile, count - done);
            pieces[used] = new Panels.Piece(done, length, sample * Size + tile);
            done += length;
        }

        return used;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EverySecond(float* from, float* to, long count)
    {
        var second = Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
        for (long i = 0; i < count; i += 16, from += 32)
        {
            var sixteen = Avx512F.PermuteVar16x32x2(Vector512.Load(from), second, Vector512.Load(from + 16));
            if (i + 16 <= count) sixteen.Store(to + i);
            else PutFirst(sixteen, to + i, count - i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EveryFourth(float* from, float* to, long count)
    {
        var fourth = Vector512.Create(0, 4, 8, 12, 16, 20, 24, 28, 0, 0, 0, 0, 0, 0, 0, 0);
        for (long i = 0; i < count; i += 8, from += 32)
        {
            var eight = Avx512F.PermuteVar16x32x2(Vector512.Load(from), fourth, Vector512.Load(from + 16));
            if (i + 8 <= count) eight.GetLower().Store(to + i);
            else PutFirst(eight, to + i, count - i);
        }
    }

    // Fewer than sixteen, and not one more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutFirst(Vector512<float> numbers, float* to, long count)
    {
        var rest = numbers.GetLower();
        if ((count & 8) != 0)
        {
            rest.Store(to);
            to += 8;
            rest = numbers.GetUpper();
        }

        var four = rest.GetLower();
        if ((count & 4) != 0)
        {
            four.Store(to);
            to += 4;
            four = rest.GetUpper();
        }

        if ((count & 2) != 0)
        {
            *(double*)to = four.AsDouble().ToScalar();
            to += 2;
            four = Vector128.Shuffle(four, Vector128.Create(2, 3, 2, 3));
        }

        if ((count & 1) != 0) *to = four.ToScalar();
    }
}
