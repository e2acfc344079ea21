using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Dsl.Runtime;
using SkiaSharp;
using Soak;
using TorchSharp;
using static TorchSharp.torch;

// Runs that go on for long, and what the process holds meanwhile:
//   dotnet run -c Release --project tools/Soak -- steps [--count 1000000]
//   dotnet run -c Release --project tools/Soak -- loading [--epochs 24]
var count = new Option<int>("--count") { Description = "Steps of the run.", DefaultValueFactory = _ => 1_000_000 };
var epochs = new Option<int>("--epochs") { Description = "Passes over the images.", DefaultValueFactory = _ => 24 };
var steps = new Command("steps", "Trains a small network, saving and evaluating now and then.") { count };
var loading = new Command("loading", "Trains on images that threads decode ahead of it.") { epochs };
steps.SetAction(result => Steps(result.GetValue(count)));
loading.SetAction(result => Loading(result.GetValue(epochs)));
return new RootCommand("Runs that go on for long: memory, handles and threads stay as they are.") { steps, loading }.Parse(args)
    .Invoke(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });

static int Steps(int count)
{
    set_num_threads(1);
    string folder = Directory.CreateTempSubdirectory("dsl-soak-").FullName;
    try
    {
        using var generator = new Generator(1);
        using var data = new InMemoryData(
            randn([32 * 1000, 16], generator: generator), randint(0, 4, [32 * 1000], ScalarType.Int64, generator: generator));
        using var validation = new InMemoryData(
            randn([500, 16], generator: generator), randint(0, 4, [500], ScalarType.Int64, generator: generator));
        using var trainer = new SmallTrainer(new Small(generator)) { Steps = count };
        var watch = new SoakWatch(count / 10);
        trainer.Fit(data, Path.Combine(folder, "run.safetensors"), watch, validation);
        return watch.Verdict();
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static int Loading(int epochs)
{
    set_num_threads(1);
    string folder = Directory.CreateTempSubdirectory("dsl-soak-").FullName;
    try
    {
        Draw(folder, 400);
        var images = Picture.Load(folder, cache: false, threads: 3);
        using var trainer = new PictureTrainer(new PictureNet(new Generator(1))) { Epochs = epochs };
        var watch = new SoakWatch(2 * (images.Count + 15) / 16);
        trainer.Fit(images, watch);
        return watch.Verdict();
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static void Draw(string folder, int ofEach)
{
    var random = new Random(1);
    foreach (var (kind, darkest) in new[] { ("dark", 0), ("light", 128) })
    {
        Directory.CreateDirectory(Path.Combine(folder, kind));
        for (int number = 0; number < ofEach; number++)
        {
            using var bitmap = new SKBitmap(random.Next(33, 80), random.Next(33, 80));
            using (var canvas = new SKCanvas(bitmap))
                canvas.Clear(new SKColor(Shade(), Shade(), Shade()));
            using var encoded = bitmap.Encode(number % 2 == 0 ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg, 90);
            string name = number.ToString("000", CultureInfo.InvariantCulture) + (number % 2 == 0 ? ".png" : ".jpg");
            using var file = File.Create(Path.Combine(folder, kind, name));
            encoded.SaveTo(file);

            byte Shade() => (byte)random.Next(darkest, darkest + 128);
        }
    }
}

/// <summary>Looks at the process every so many steps of a run.</summary>
/// <param name="every">Steps from one look to the next.</param>
internal sealed class SoakWatch(long every) : ITrainingProgress
{
    private readonly List<Usage> _seen = [];
    private readonly List<double> _speeds = [];
    private readonly Stopwatch _clock = new();

    public void Started(TrainingRun run) => _clock.Start();

    public void Stepped(long step, Tensor loss)
    {
        if (step % every != 0) return;
        _speeds.Add(every / _clock.Elapsed.TotalSeconds);
        _seen.Add(Usage.Now());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{step,9:N0} steps  {_seen[^1]}, {_speeds[^1],7:F0} steps/s"));
        _clock.Restart();
    }

    public void Finished(TrainingReport report)
    {
    }

    /// <summary>0 where the second half of the run has what the first had; the code generators and the collector settle in the
    /// first.</summary>
    public int Verdict()
    {
        var (first, last) = (_seen[_seen.Count / 2], _seen[^1]);
        bool isFlat = last.Resident - first.Resident < 8 << 20 && last.Managed - first.Managed < 1 << 20
            && last.Handles <= first.Handles && last.Threads <= first.Threads;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"second half: {(last.Resident - first.Resident) / 1024.0:F0} KiB resident more, "
            + $"{(last.Managed - first.Managed) / 1024.0:F0} KiB managed, {last.Handles - first.Handles} handles, "
            + $"{last.Threads - first.Threads} threads; the slowest part at "
            + $"{_speeds.Skip(1).Min() / _speeds.Skip(1).Max():P0} of the fastest's speed: {(isFlat ? "flat" : "NOT FLAT")}"));
        return isFlat ? 0 : 1;
    }
}
