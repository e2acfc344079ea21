using SkiaSharp;

/// <summary>Images to try the program with: <c>dotnet run -- draw shapes</c> makes a folder of 80 PNG files for each
/// class.</summary>
static class Shapes
{
    private const int OfEach = 80;

    public static void Draw(string folder)
    {
        var random = new Random(1);
        foreach (string shape in new[] { "circle", "cross", "square" })
        {
            Directory.CreateDirectory(Path.Combine(folder, shape));
            for (int number = 0; number < OfEach; number++)
                File.WriteAllBytes(Path.Combine(folder, shape, $"{number:000}.png"), Draw(shape, random));
        }
    }

    private static byte[] Draw(string shape, Random random)
    {
        using var bitmap = new SKBitmap(random.Next(36, 64), random.Next(36, 64));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(Color(0, 90));
        using var pen = new SKPaint { Color = Color(140, 256), IsStroke = true, IsAntialias = true };
        pen.StrokeWidth = random.Next(2, 5);
        float size = random.Next(8, 13);
        canvas.Translate((bitmap.Width / 2) + random.Next(-4, 5), (bitmap.Height / 2) + random.Next(-4, 5));
        canvas.RotateDegrees(random.Next(-20, 21));
        if (shape == "circle") canvas.DrawCircle(0, 0, size, pen);
        if (shape == "square") canvas.DrawRect(-size, -size, 2 * size, 2 * size, pen);
        if (shape == "cross")
        {
            canvas.DrawLine(-size, 0, size, 0, pen);
            canvas.DrawLine(0, -size, 0, size, pen);
        }

        canvas.Flush();
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();

        SKColor Color(int darkest, int brightest) => new(
            (byte)random.Next(darkest, brightest), (byte)random.Next(darkest, brightest), (byte)random.Next(darkest, brightest));
    }
}
