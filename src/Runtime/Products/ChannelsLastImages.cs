namespace Dsl.Runtime;

/// <summary>Images with margins of zeros, the channels of a place side by side. With a stride of one a row of a kernel then lies
/// side by side, too.</summary>
internal readonly unsafe struct ChannelsLastImages(in ConvolutionSizes sizes)
{
    private readonly ConvolutionSizes _sizes = sizes;
    private readonly long _row = sizes.PaddedWidth * sizes.Channels;

    /// <summary>Elements of a sample.</summary>
    public long Size => _row * _sizes.PaddedHeight;

    /// <summary>Writes samples [sample, sample + count) into memory whose margins are zeros, but for rows that no kernel
    /// reads.</summary>
    /// <param name="x">[N, C, H, W] without gaps.</param>
    /// <param name="sample">The first one.</param>
    /// <param name="count">How many.</param>
    /// <param name="to">Room for as many, laid out before or all zeros.</param>
    public void Lay(float* x, long sample, long count, float* to)
    {
        long channels = _sizes.Channels, plane = _sizes.Height * _sizes.Width;
        float* from = x + sample * channels * plane;
        long rows = _sizes.DilationY == 1 ? Math.Min(_sizes.KernelHeight, _sizes.StrideY) : _sizes.StrideY;
        for (long n = 0; n < count; n++, from += channels * plane, to += Size)
        {
            float* row = to + _sizes.PaddingY * _row + _sizes.PaddingX * channels;
            for (long y = 0; y < _sizes.Height; y++, row += _row)
            {
                // Kernels that are lower than a stride leave some out.
                if ((y + _sizes.PaddingY) % _sizes.StrideY >= rows) continue;

                // Channels beside each other, column by column: a panel of the row's matrix.
                long c = 0;
                var matrix = new StridedMatrix((nint)(from + y * _sizes.Width), channels, _sizes.Width, plane, 1);
                for (; c + 4 <= channels; c += 4) Panels.LayFour(matrix.RowsFrom(c, 4), row + c, channels);
                for (; c < channels; c++)
                {
                    float* line = from + c * plane + y * _sizes.Width;
                    for (long i = 0; i < _sizes.Width; i++) row[i * channels + c] = line[i];
                }
            }
        }
    }

    /// <summary>Where a place of the output begins, counted over the samples that are laid out.</summary>
    public long Offset(long place)
    {
        var (sample, rest) = Math.DivRem(place, _sizes.Places);
        var (y, x) = Math.DivRem(rest, _sizes.OutputWidth);
        return sample * Size + y * _sizes.StrideY * _row + x * _sizes.StrideX * _sizes.Channels;
    }

    /// <summary>The pieces of a place's window that some columns are, in the order [Kh, Kw, C].</summary>
    /// <param name="first">The first column.</param>
    /// <param name="count">How many.</param>
    /// <param name="pieces">At least as many.</param>
    /// <returns>The number of pieces.</returns>
    public int Pieces(long first, int count, Span<Panels.Piece> pieces)
    {
        int used = 0;
        long channels = _sizes.Channels, columns = _sizes.KernelWidth * channels;
        for (int done = 0; done < count; used++)
        {
            var (y, rest) = Math.DivRem(first + done, columns);
            var (x, c) = Math.DivRem(rest, channels);

            // Neighbours in a row of the kernel are neighbours in the image unless it is spread.
            long length = _sizes.DilationX == 1 ? columns - rest : channels - c;
            int taken = (int)Math.Min(length, count - done);
            pieces[used] = new Panels.Piece(
                done, taken, y * _sizes.DilationY * _row + x * _sizes.DilationX * channels + c);
            done += taken;
        }

        return used;
    }
}
