using SkiaSharp;

namespace Dsl.Runtime;

/// <summary>Images turned upright: a camera writes how it was held, and not another image.</summary>
internal static class ImageOrientation
{
    private const int Rgba = 4;

    /// <summary>Pixels of 4 bytes, upright.</summary>
    /// <param name="pixels">[H, W, 4].</param>
    /// <param name="width">Their width, and then that of the result.</param>
    /// <param name="height">Likewise.</param>
    /// <param name="origin">Where the first pixel lies.</param>
    public static byte[] Turn(byte[] pixels, ref int width, ref int height, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft) return pixels;
        bool exchanges = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom
            or SKEncodedOrigin.LeftBottom;
        int before = width, rows = exchanges ? width : height, columns = exchanges ? height : width;
        int right = width - 1, bottom = height - 1;
        var upright = new byte[pixels.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                var (x, y) = origin switch
                {
                    SKEncodedOrigin.TopRight => (right - column, row),
                    SKEncodedOrigin.BottomRight => (right - column, bottom - row),
                    SKEncodedOrigin.BottomLeft => (column, bottom - row),
                    SKEncodedOrigin.LeftTop => (row, column),
                    SKEncodedOrigin.RightTop => (row, bottom - column),
                    SKEncodedOrigin.RightBottom => (right - row, bottom - column),
                    _ => (right - row, column),
                };
                pixels.AsSpan((y * before + x) * Rgba, Rgba).CopyTo(upright.AsSpan((row * columns + column) * Rgba));
            }
        }

        (width, height) = (columns, rows);
        return upright;
    }
}
