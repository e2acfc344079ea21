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
    private const int Slack = 16;

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
        long across = _tiles.Across, step = across + 1 + Slack;
        float* from = x + sample * sizes.Channels * sizes.Height * sizes.Width;
        float* line = stackalloc float[checked((int)(side * step))];
        new Span<float>(line, (int)(side * step)).Clear();
        for (long plane = 0; plane < count * sizes.Channels; plane++, to += Channel)
        {
            for (long y = 0; y < sizes.Height; y++, from += sizes.Width)
            {
                var (down, row) = Math.DivRem(y + sizes.PaddingY, side);
                Split(from, line, step);
                float* target = to + row * _columns * _plane + down * across;
                for (int column = 0; column < _columns; column++, target += _plane)
                {
                    var (next, first) = Math.DivRem(column, side);
                    WinogradConvolution.Copy(line + first * step + next, target, (int)across);
                }
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

    // A row of an image: its columns, counted from the margin, in one line for each of a tile's.
    private void Split(float* from, float* lines, long step)
    {
        var sizes = _tiles.Convolution;
        int side = _tiles.Side, bits = side / 2;
        long i = 0, padding = sizes.PaddingX, width = sizes.Width;
        if (side == 4)
        {
            var sorted = Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
            for (; i + 16 <= width; i += 16)
            {
                var four = Avx512F.PermuteVar16x32(Vector512.Load(from + i), sorted);
                four.GetLower().GetLower().Store(At(lines, step, padding + i));
                four.GetLower().GetUpper().Store(At(lines, step, padding + i + 1));
                four.GetUpper().GetLower().Store(At(lines, step, padding + i + 2));
                four.GetUpper().GetUpper().Store(At(lines, step, padding + i + 3));
            }
        }
        else
        {
            var sorted = Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15);
            for (; i + 16 <= width; i += 16)
            {
                var two = Avx512F.PermuteVar16x32(Vector512.Load(from + i), sorted);
                two.GetLower().Store(At(lines, step, padding + i));
                two.GetUpper().Store(At(lines, step, padding + i + 1));
            }
        }

        for (; i < width; i++) *At(lines, step, padding + i) = from[i];

        float* At(float* first, long length, long column) => first + (column & (side - 1)) * length + (column >> bits);
    }
}
