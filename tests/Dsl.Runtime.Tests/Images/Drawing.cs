using SkiaSharp;

namespace Dsl.Runtime.Tests.Images;

/// <summary>Images that tests draw.</summary>
internal static class Drawing
{
    /// <summary>A PNG file of one colour.</summary>
    public static byte[] Png(int width, int height, SKColor color) => Encoded(width, height, color, SKEncodedImageFormat.Png);

    /// <summary>A file of one colour.</summary>
    public static byte[] Encoded(int width, int height, SKColor color, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(color);
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>Writes a file into a folder, which it makes.</summary>
    public static string Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }
}
