using System.Diagnostics;
using System.Globalization;
using Dsl;
using Dsl.Runtime;
using SkiaSharp;
using Spectre.Console;
using static TorchSharp.torch;

namespace Bench;

/// <summary>A picture of the benchmark's own.</summary>
[ImageFolder(3, 64, 64)]
public partial record Picture([Label("a", "b")] string? Kind = null);

/// <summary>A row of the benchmark's own.</summary>
[Table]
public partial record Row(
    float A, float B, float C, float D, float E, float F, float G, float H, [Label("a", "b")] string? Kind = null);

/// <summary>How many images and rows a second become batches: by what trainers read with, by the loop that one writes without it,
/// and by PyTorch's DataLoader where DSL_PYTHON has it.</summary>
internal static class LoadingTimes
{
    private const int Images = 1000, Side = 64, BatchSize = 64, Rows = 60_000, Features = 784, Lines = 200_000, Repetitions = 5;

    /// <summary>Measures and prints all.</summary>
    /// <param name="threads">Threads that decode, and processes of the DataLoader where there are more than one.</param>
    public static void Run(int threads)
    {
        set_num_threads(threads);
        manual_seed(0);

        // Into a pipe or a file it would write lines of 80 characters.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 120);
        var folder = Directory.CreateTempSubdirectory("dsl-bench-");
        try
        {
            string images = Path.Combine(folder.FullName, "images");
            Draw(images);
            MeasureImages(images, threads);
            MeasureRows();
            Python(images, threads);
            MeasureTable(Path.Combine(folder.FullName, "rows.csv"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void MeasureImages(string folder, int threads)
    {
        var data = Picture.Load(folder, cache: false, threads: threads);
        Print("PNG files of 64 x 64, Dsl", Images, () =>
        {
            using var sampler = Sampler();

            // The reader takes over its own: it knows what comes next, as a trainer's does.
            using var reader = data.ReadAhead(order: Sampler());
            for (long step = 0; step < sampler.BatchesPerEpoch; step++)
            {
                using var indices = sampler.Indices(step);
                reader.ReadInputs(indices).Dispose();
                reader.ReadLabels(indices).Dispose();
            }
        });
        EpochSampler Sampler() => new(data.Count, BatchSize, dropLast: false, seed: 0);

        string[] files = Directory.GetFiles(folder, "*.png", SearchOption.AllDirectories);
        Print("the same, a loop of SkiaSharp and TorchSharp", Images, () =>
        {
            Random.Shared.Shuffle(files);
            foreach (string[] chunk in files.Chunk(BatchSize))
            {
                using var scope = NewDisposeScope();
                stack([.. chunk.Select(Decode)]);
                tensor(Array.ConvertAll(chunk, file => Path.GetDirectoryName(file)!.EndsWith('a') ? 0L : 1L));
            }
        });
    }

    // Bytes of red, green, blue and nothing, [H, W, 4], to numbers [3, H, W].
    private static Tensor Decode(string file)
    {
        using var bitmap = SKBitmap.Decode(file, new SKImageInfo(Side, Side, SKColorType.Rgba8888));
        return tensor(bitmap.Bytes, [Side, Side, 4]).narrow(2, 0, 3).permute(2, 0, 1).to(ScalarType.Float32).div_(255);
    }

    private static void MeasureRows()
    {
        using var inputs = rand(Rows, Features);
        using var labels = randint(0, 10, [Rows], ScalarType.Int64);
        using var data = new InMemoryData(inputs.alias(), labels.alias());
        Print("rows of 784 numbers in memory, Dsl", Rows, () =>
        {
            using var sampler = new EpochSampler(data.Count, BatchSize, dropLast: false, seed: 0);
            for (long step = 0; step < sampler.BatchesPerEpoch; step++)
            {
                using var indices = sampler.Indices(step);
                data.ReadInputs(indices).Dispose();
                data.ReadLabels(indices).Dispose();
            }
        });
        Print("the same, a loop of index_select", Rows, () =>
        {
            using var order = randperm(Rows);
            for (int first = 0; first < Rows; first += BatchSize)
            {
                using var indices = order.narrow(0, first, Math.Min(BatchSize, Rows - first));
                inputs.index_select(0, indices).Dispose();
                labels.index_select(0, indices).Dispose();
            }
        });
    }

    private static void MeasureTable(string path)
    {
        var random = new Random(0);
        File.WriteAllLines(path, Enumerable.Range(0, Lines).Select(row => string.Join(',', Enumerable.Range(0, 8).Select(_ =>
            random.NextSingle().ToString(CultureInfo.InvariantCulture)).Append(row % 2 == 0 ? "a" : "b")))
            .Prepend("A,B,C,D,E,F,G,H,Kind"));
        Print("rows of a file of CSV, Dsl", Lines, () => Row.Load(path));
        Print("the same, a loop of Split and float.Parse", Lines, () =>
        {
            var numbers = new List<float>();
            var kinds = new List<long>();
            foreach (string line in File.ReadLines(path).Skip(1))
            {
                string[] cells = line.Split(',');
                for (int i = 0; i < 8; i++) numbers.Add(float.Parse(cells[i], CultureInfo.InvariantCulture));
                kinds.Add(cells[8] == "a" ? 0 : 1);
            }

            tensor(numbers.ToArray(), [kinds.Count, 8]).Dispose();
            tensor(kinds.ToArray()).Dispose();
        });
    }

    private static void Python(string folder, int threads)
    {
        if (PyTorchWorker.Python(out string remark) is not { } python)
        {
            AnsiConsole.WriteLine(remark);
            return;
        }

        int[] numbers = [threads, BatchSize, Rows, Features, Repetitions];
        var start = new ProcessStartInfo(
            python, [Path.Combine(AppContext.BaseDirectory, "pytorch", "loading.py"), folder,
                .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))]) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start.");
        while (process.StandardOutput.ReadLine() is { } line)
        {
            string[] parts = line.Split('\t');
            double[] values = [.. parts.Skip(1).Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
            Print(parts[0], values[0], values[1]);
        }

        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException("PyTorch's loading ended with an error; see above.");
    }

    private static void Print(string what, int count, Action run)
    {
        run();
        double[] rates =
        [
            .. Enumerable.Range(0, Repetitions).Select(_ =>
            {
                var clock = Stopwatch.StartNew();
                run();
                return count / clock.Elapsed.TotalSeconds;
            }),
        ];
        Print(what, rates.Median(), rates.Spread());
    }

    private static void Print(string what, double rate, double spread) => AnsiConsole.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{rate,12:N0} a second ± {spread * 100:0} %  {what}"));

    private static void Draw(string folder)
    {
        var random = new Random(0);
        for (int i = 0; i < Images; i++)
        {
            string kind = Path.Combine(folder, i % 2 == 0 ? "a" : "b");
            Directory.CreateDirectory(kind);
            using var bitmap = new SKBitmap(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque);
            using var canvas = new SKCanvas(bitmap);
            canvas.Clear(Color());
            for (int shape = 0; shape < 12; shape++)
            {
                using var paint = new SKPaint { Color = Color(), IsAntialias = true };
                canvas.DrawCircle(random.Next(Side), random.Next(Side), random.Next(4, 24), paint);
            }

            canvas.Flush();
            using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
            File.WriteAllBytes(
                Path.Combine(kind, i.ToString("0000", CultureInfo.InvariantCulture) + ".png"), png.ToArray());
        }

        SKColor Color() => new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
    }
}
