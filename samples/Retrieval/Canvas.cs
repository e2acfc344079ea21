using Dsl.Runtime;

namespace Retrieval;

/// <summary>A picture that is being drawn.</summary>
/// <param name="pixels">[3, size, size].</param>
/// <param name="size">Pixels of a side.</param>
internal sealed class Canvas(Memory<float> pixels, int size)
{
    private const int Samples = 3;

    /// <summary>Ground that is nearly white.</summary>
    public void Plain(HostRandom random)
    {
        double tone = 0.9 + (0.1 * random.Uniform());
        Ground((_, _, _) => tone + (0.02 * (random.Uniform() - 0.5)));
    }

    /// <summary>Ground of a changing tone, with lines and dots.</summary>
    public void Clutter(HostRandom random, int lines)
    {
        double[] tones =
        [
            .. Enumerable.Range(0, 9).Select(i => i < 3 ? 0.3 + (0.4 * random.Uniform()) : 0.3 * (random.Uniform() - 0.5)),
        ];
        Ground((channel, x, y) => tones[channel] + (tones[3 + channel] * x / size) + (tones[6 + channel] * y / size)
            + (0.05 * (random.Uniform() - 0.5)));
        for (int line = 0; line < lines; line++)
        {
            float[] color = [(float)random.Uniform(), (float)random.Uniform(), (float)random.Uniform()];
            double x = size * random.Uniform(), y = size * random.Uniform(), angle = 2 * Math.PI * random.Uniform();
            int length = line % 2 == 0 ? 2 : size / 3;
            for (int i = 0; i < length; i++)
            {
                int column = (int)(x + (i * Math.Cos(angle))), row = (int)(y + (i * Math.Sin(angle)));
                if (column < 0 || row < 0 || column >= size || row >= size) break;
                for (int channel = 0; channel < 3; channel++) At(channel, column, row) = color[channel];
            }
        }
    }

    /// <summary>A shape in a colour and a pattern: what is dark of it has two fifths of the colour.</summary>
    public void Fill(
        Func<double, double, bool> covers, double left, double top, double width, double height, double[] color, int pattern,
        double[] light, HostRandom random)
    {
        double shade = 0.9 + (0.2 * random.Uniform());
        for (int y = (int)top; y < Math.Min(size, (int)Math.Ceiling(top + height)); y++)
        {
            for (int x = (int)left; x < Math.Min(size, (int)Math.Ceiling(left + width)); x++)
            {
                int inside = 0, dark = 0;
                for (int i = 0; i < Samples * Samples; i++)
                {
                    double u = (x + (((i % Samples) + 0.5) / Samples) - left) / width;
                    double v = (y + (((i / Samples) + 0.5) / Samples) - top) / height;
                    if (u is < 0 or > 1 || v is < 0 or > 1 || !covers(u, v)) continue;
                    inside++;
                    if (IsDark(pattern, u, v)) dark++;
                }

                if (inside == 0) continue;
                double share = inside / (double)(Samples * Samples), tone = shade * (1 - (0.6 * dark / inside));
                for (int channel = 0; channel < 3; channel++)
                {
                    ref float pixel = ref At(channel, x, y);
                    double wanted = Math.Clamp(color[channel] * tone * light[channel], 0, 1);
                    pixel += (float)(share * (wanted - pixel));
                }
            }
        }
    }

    private static bool IsDark(int pattern, double u, double v) => pattern switch
    {
        1 => (int)(v * 6) % 2 == 1,
        2 => (int)(u * 6) % 2 == 1,
        3 => Math.Pow((u * 4 % 1) - 0.5, 2) + Math.Pow((v * 4 % 1) - 0.5, 2) < 0.1,
        _ => false,
    };

    private void Ground(Func<int, int, int, double> tone)
    {
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                for (int channel = 0; channel < 3; channel++)
                    At(channel, x, y) = (float)Math.Clamp(tone(channel, x, y), 0, 1);
            }
        }
    }

    private ref float At(int channel, int x, int y) => ref pixels.Span[(((channel * size) + y) * size) + x];
}
