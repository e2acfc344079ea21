using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime;

/// <summary>
/// Images with margins of zeros, channel by channel. With a stride along a row, its columns are sorted by their remainder, so
/// that what neighbouring places of the output read lies side by side.
/// </summary>
internal readonly unsafe struct PlanarImages
{
    private readonly ConvolutionSizes _sizes;
    private readonly long _part, _row, _plane;

    public PlanarImages(in ConvolutionSizes sizes)
    {
        _sizes = sizes;
        _part = (sizes.PaddedWidth + sizes.StrideX - 1) / sizes.StrideX;
        _row = _part * sizes.StrideX;
        _plane = _row * sizes.PaddedHeight;
    }

    /// <summary>Elements of a sample.</summary>
    public long Size => _plane * _sizes.Channels;

    /// <summary>Writes samples [sample, sample + count) into memory whose margins are zeros, but for what no kernel
    /// reads.</summary>
    /// <param name="x">[N, C, H, W] without gaps.</param>
    /// <param name="sample">The first one.</param>
    /// <param name="count">How many.</param>
    /// <param name="to">Room for as many, laid out before or all zeros.</param>
    public void Lay(float* x, long sample, long count, float* to)
    {
        float* from = x + sample * _sizes.Channels * _sizes.Height * _sizes.Width;
        float* end = x + _sizes.Samples * _sizes.Channels * _sizes.Height * _sizes.Width;
        int width = (int)_sizes.Width;

        // Kernels that are shorter than a stride leave something out.
        long rows = _sizes.DilationY == 1 ? Math.Min(_sizes.KernelHeight, _sizes.StrideY) : _sizes.StrideY;
        long parts = _sizes.DilationX == 1 ? Math.Min(_sizes.KernelWidth, _sizes.StrideX) : _sizes.StrideX;
        for (long plane = 0; plane < count * _sizes.Channels; plane++, to += _plane)
        {
            float* row = to + _sizes.PaddingY * _row;
            for (long y = 0; y < _sizes.Height; y++, row += _row, from += width)
            {
                if ((y + _sizes.PaddingY) % _sizes.StrideY >= rows) continue;
                if (_sizes.StrideX == 1)
                {
                    new ReadOnlySpan<float>(from, width).CopyTo(new Span<float>(row + _sizes.PaddingX, width));
                    continue;
                }

                for (long part = 0; part < parts; part++)
                {
                    // Of the columns with this remainder, the first that is not a margin.
                    long skipped = Math.Max(0, (_sizes.PaddingX - part + _sizes.StrideX - 1) / _sizes.StrideX);
                    long first = part + skipped * _sizes.StrideX - _sizes.PaddingX;
                    LayEach(from + first, width - first, end, row + part * _part + skipped);
                }
            }
        }
    }

    // One of as many columns as the stride is long.
    private void LayEach(float* from, long count, float* end, float* to)
    {
        long stride = _sizes.StrideX, i = 0;
        if (stride == 2 && Avx512F.IsSupported)
        {
            var evens = Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
            for (; i + 31 <= count && from + i + 32 <= end; i += 32, to += 16)
                Avx512F.PermuteVar16x32x2(Vector512.Load(from + i), evens, Vector512.Load(from + i + 16)).Store(to);
            for (; i + 15 <= count && from + i + 16 <= end; i += 16, to += 8)
                Avx512F.PermuteVar16x32(Vector512.Load(from + i), evens).GetLower().Store(to);
            for (; i + 7 <= count && from + i + 8 <= end; i += 8, to += 4)
                Sse.Shuffle(Vector128.Load(from + i), Vector128.Load(from + i + 4), 0b10_00_10_00).Store(to);
        }

        for (; i < count; i += stride) *to++ = from[i];
    }

    /// <summary>Where each element of a place's window stands, from the place itself: [C, Kh, Kw].</summary>
    public void SetOffsets(long* offsets)
    {
        for (long c = 0; c < _sizes.Channels; c++)
        {
            for (long y = 0; y < _sizes.KernelHeight; y++)
            {
                for (long x = 0; x < _sizes.KernelWidth; x++)
                    *offsets++ = c * _plane + y * _sizes.DilationY * _row + Column(x * _sizes.DilationX);
            }
        }
    }

    /// <summary>The pieces of rows that some places of the output are, counted over the samples that are laid out.</summary>
    /// <param name="first">The first place.</param>
    /// <param name="count">How many.</param>
    /// <param name="pieces">At least as many.</param>
    /// <returns>The number of pieces.</returns>
    public int Pieces(long first, int count, Span<Panels.Piece> pieces)
    {
        int used = 0;
        long width = _sizes.OutputWidth;
        for (int done = 0; done < count; used++)
        {
            long sample = (first + done) / _sizes.Places, place = (first + done) % _sizes.Places;
            long y = place / width, x = place % width;
            int length = (int)Math.Min(width - x, count - done);
            pieces[used] = new Panels.Piece(done, length, sample * Size + y * _sizes.StrideY * _row + x);
            done += length;
        }

        return used;
    }

    private long Column(long x) => x % _sizes.StrideX * _part + x / _sizes.StrideX;
}
