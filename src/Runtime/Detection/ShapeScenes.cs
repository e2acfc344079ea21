using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Drawn pictures to try a detector or a segmentation with: one to three objects (or as many as is said) of six classes, in any
/// colour and of different sizes, on a background that changes its tone and is strewn with lines and dots. A picture is a
/// function of the seed and its place.
/// </summary>
public sealed class ShapeScenes
{
    private const int Samples = 3;

    private static readonly (string Name, double Aspect, Func<double, double, bool> Covers)[] Shapes =
    [
        ("circle", 1, (u, v) => Square(u - 0.5) + Square(v - 0.5) <= 0.25),
        ("square", 1, (u, v) => true),
        ("triangle", 1, (u, v) => Math.Abs(u - 0.5) <= v / 2),
        ("cross", 1, (u, v) => Math.Abs(u - 0.5) <= 0.17 || Math.Abs(v - 0.5) <= 0.17),
        ("four", 0.7, (u, v) => (u <= 0.25 && v <= 0.6) || Math.Abs(v - 0.55) <= 0.11 || (u >= 0.6 && u <= 0.85)),
        ("seven", 0.7, (u, v) => v <= 0.2 || (u >= 0.9 - (0.9 * v) && u <= 1.2 - (0.9 * v))),
    ];

    /// <summary>Pictures of a size.</summary>
    /// <param name="size">Pixels of a side, at least 32.</param>
    /// <param name="most">Objects of a picture at most, at least 1.</param>
    public ShapeScenes(int size = 64, int most = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 32);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        (Size, Most) = (size, most);
    }

    /// <summary>The names of the classes, in order.</summary>
    public static IReadOnlyList<string> Classes { get; } = [.. Shapes.Select(shape => shape.Name)];

    /// <summary>Pixels of a side.</summary>
    public int Size { get; }

    /// <summary>Objects of a picture at most.</summary>
    public int Most { get; }

    /// <summary>Draws pictures with the boxes of what is in them.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">Equal seeds give equal pictures.</param>
    /// <returns>Inputs [count, 3, Size, Size] in [0, 1] and labels [count, M, 5]; the caller disposes them.</returns>
    public InMemoryData Draw(int count, long seed)
    {
        using var scope = NewDisposeScope();
        var (pixels, _, objects) = DrawAll(count, seed);
        return new InMemoryData(pixels, BoxLabels.Pad(objects));
    }

    /// <summary>Draws the same pictures with the class of each pixel.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">Equal seeds give equal pictures.</param>
    /// <returns>Inputs [count, 3, Size, Size] in [0, 1] and labels [count, Size, Size] int64, 0 for background and c + 1 where at
    /// least half of a pixel is of class c; the caller disposes them.</returns>
    public InMemoryData DrawMasks(int count, long seed)
    {
        using var scope = NewDisposeScope();
        var (pixels, classes, _) = DrawAll(count, seed);
        return new InMemoryData(pixels, classes);
    }

    private (Tensor Pixels, Tensor Classes, IReadOnlyList<IReadOnlyList<LabeledBox>> Objects) DrawAll(int count, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var stream = new RandomStream(seed, "scenes of shapes");
        int area = Size * Size;
        var pixels = new float[(long)count * 3 * area];
        var classes = new long[(long)count * area];
        var objects = new List<IReadOnlyList<LabeledBox>>();
        for (int i = 0; i < count; i++)
        {
            objects.Add(Draw(
                pixels.AsSpan(i * 3 * area, 3 * area), classes.AsSpan(i * area, area), stream.OnHost(i)));
        }

        return (from_array(pixels).view(count, 3, Size, Size), from_array(classes).view(count, Size, Size), objects);
    }

    private List<LabeledBox> Draw(Span<float> pixels, Span<long> classes, HostRandom random)
    {
        Background(pixels, random);
        var objects = new List<LabeledBox>();
        int wanted = 1 + random.Below(Most);
        for (int attempt = 0; objects.Count < wanted && attempt < 50; attempt++)
        {
            int shape = random.Below(Shapes.Length);
            double height = Size * (0.2 + (0.3 * random.Uniform()));
            double width = height * Shapes[shape].Aspect * (0.85 + (0.3 * random.Uniform()));
            double left = random.Uniform() * (Size - width), top = random.Uniform() * (Size - height);
            var box = new Box(
                (float)(left / Size), (float)(top / Size), (float)((left + width) / Size), (float)((top + height) / Size));
            if (objects.Any(known => known.Box.Overlap(box) > 0.05)) continue;
            float[] colour = Colour(pixels, random, left + (width / 2), top + (height / 2));
            Fill(pixels, classes, shape, left, top, width, height, colour);
            objects.Add(new LabeledBox(shape, box));
        }

        return objects;
    }

    private void Background(Span<float> pixels, HostRandom random)
    {
        Span<double> tones = stackalloc double[9];
        for (int i = 0; i < 9; i++) tones[i] = i < 3 ? 0.25 + (0.5 * random.Uniform()) : (0.3 * random.Uniform()) - 0.15;
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                for (int channel = 0; channel < 3; channel++)
                {
                    double tone = tones[channel] + (tones[3 + channel] * x / Size) + (tones[6 + channel] * y / Size);
                    pixels[Place(channel, x, y)] = (float)Math.Clamp(tone + (0.04 * (random.Uniform() - 0.5)), 0, 1);
                }
            }
        }

        // Lines of one pixel, and dots.
        Span<float> colour = stackalloc float[3];
        for (int line = 0; line < 6; line++)
        {
            for (int channel = 0; channel < 3; channel++) colour[channel] = (float)random.Uniform();
            double x = Size * random.Uniform(), y = Size * random.Uniform(), angle = 2 * Math.PI * random.Uniform();
            int length = line % 2 == 0 ? 2 : Size / 3;
            for (int i = 0; i < length; i++)
            {
                int column = (int)(x + (i * Math.Cos(angle))), row = (int)(y + (i * Math.Sin(angle)));
                if (column < 0 || row < 0 || column >= Size || row >= Size) break;
                for (int channel = 0; channel < 3; channel++) pixels[Place(channel, column, row)] = colour[channel];
            }
        }
    }

    // A colour that differs from what is there.
    private float[] Colour(ReadOnlySpan<float> pixels, HostRandom random, double x, double y)
    {
        int column = Math.Min((int)x, Size - 1), row = Math.Min((int)y, Size - 1);
        while (true)
        {
            float[] colour = [(float)random.Uniform(), (float)random.Uniform(), (float)random.Uniform()];
            double difference = 0;
            for (int channel = 0; channel < 3; channel++)
                difference += Math.Abs(colour[channel] - pixels[Place(channel, column, row)]);
            if (difference > 0.8) return colour;
        }
    }

    private void Fill(
        Span<float> pixels, Span<long> classes, int shape, double left, double top, double width, double height, float[] colour)
    {
        var covers = Shapes[shape].Covers;
        for (int y = (int)top; y < Math.Min(Size, (int)Math.Ceiling(top + height)); y++)
        {
            for (int x = (int)left; x < Math.Min(Size, (int)Math.Ceiling(left + width)); x++)
            {
                int inside = 0;
                for (int i = 0; i < Samples * Samples; i++)
                {
                    double u = (x + (((i % Samples) + 0.5) / Samples) - left) / width;
                    double v = (y + (((i / Samples) + 0.5) / Samples) - top) / height;
                    if (u is >= 0 and <= 1 && v is >= 0 and <= 1 && covers(u, v)) inside++;
                }

                float share = inside / (float)(Samples * Samples);
                if (share >= 0.5f) classes[(y * Size) + x] = shape + 1;
                for (int channel = 0; channel < 3; channel++)
                {
                    ref float pixel = ref pixels[Place(channel, x, y)];
                    pixel += share * (colour[channel] - pixel);
                }
            }
        }
    }

    private int Place(int channel, int x, int y) => (((channel * Size) + y) * Size) + x;

    private static double Square(double x) => x * x;
}
