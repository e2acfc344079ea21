namespace Dsl.Runtime;

/// <summary>Images with margins of zeros that fill up whole tiles, the channels of a place side by side.</summary>
/// <param name="Channels">Channels.</param>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Top">Rows of the margin above it.</param>
/// <param name="Before">Columns of the margin before it.</param>
/// <param name="Rows">Rows with margins.</param>
/// <param name="Columns">Columns with margins.</param>
internal readonly unsafe record struct WinogradPlaces(
    long Channels, long Height, long Width, long Top, long Before, long Rows, long Columns)
{
    /// <summary>Elements of a row.</summary>
    public long Row => Columns * Channels;

    /// <summary>Elements of a sample.</summary>
    public long Size => Rows * Row;

    /// <summary>Writes samples [sample, sample + count) into memory whose margins are zeros.</summary>
    /// <param name="x">[N, C, H, W] without gaps.</param>
    /// <param name="sample">The first one.</param>
    /// <param name="count">How many.</param>
    /// <param name="to">Room for as many.</param>
    public void Lay(float* x, long sample, long count, float* to)
    {
        long plane = Height * Width;
        float* from = x + sample * Channels * plane;
        for (long n = 0; n < count; n++, from += Channels * plane, to += Size)
        {
            float* row = to + Top * Row + Before * Channels;
            for (long y = 0; y < Height; y++, row += Row)
            {
                long c = 0;
                var matrix = new StridedMatrix((nint)(from + y * Width), Channels, Width, plane, 1);
                for (; c + 4 <= Channels; c += 4) Panels.LayFour(matrix.RowsFrom(c, 4), row + c, Channels);
                for (; c < Channels; c++)
                {
                    float* line = from + c * plane + y * Width;
                    for (long i = 0; i < Width; i++) row[i * Channels + c] = line[i];
                }
            }
        }
    }
}
