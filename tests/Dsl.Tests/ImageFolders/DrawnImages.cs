using SkiaSharp;

namespace Dsl.Tests.ImageFolders;

/// <summary>A folder with images of three shapes, drawn at random places, in random colours and sizes, with noise.</summary>
internal sealed class DrawnImages : IDisposable
{
    public DrawnImages(int ofEachClass = 24, int seed = 1)
    {
        var random = new Random(seed);
        foreach (string kind in new[] { "square", "disk", "cross" })
        {
            Directory.CreateDirectory(System.IO.Path.Combine(Path, kind));
            for (int i = 0; i < ofEachClass; i++)
                File.WriteAllBytes(System.IO.Path.Combine(Path, kind, $"{i}.png"), Draw(kind, random));
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("dsl-images").FullName;

    public string File0 => System.IO.Path.Combine(Path, "disk", "0.png");

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static byte[] Draw(string kind, Random random)
    {
        int width = random.Next(18, 30), height = random.Next(18, 30);
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor((byte)random.Next(60), (byte)random.Next(60), (byte)random.Next(60)));
        var color = new SKColor((byte)random.Next(150, 256), (byte)random.Next(150, 256), (byte)random.Next(150, 256));
        using var paint = new SKPaint { Color = color, IsAntialias = false };
        using var line = new SKPaint { Color = color, StrokeWidth = 2, IsStroke = true };
        float x = width / 2 + random.Next(-2, 3), y = height / 2 + random.Next(-2, 3), size = random.Next(4, 6);
        if (kind == "square") canvas.DrawRect(x - size, y - size, 2 * size, 2 * size, line);
        else if (kind == "disk") canvas.DrawCircle(x, y, size, paint);
        else canvas.DrawPath(Cross(x, y, size), line);
        canvas.Flush();
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static SKPath Cross(float x, float y, float size)
    {
        using var path = new SKPathBuilder();
        path.MoveTo(x - size, y);
        path.LineTo(x + size, y);
        path.MoveTo(x, y - size);
        path.LineTo(x, y + size);
        return path.Detach();
    }
}
