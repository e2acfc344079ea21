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
//   dotnet run -c Release --project tools/Soak -- saving
var count = new Option<int>("--count") { Description = "Steps of the run.", DefaultValueFactory = _ => 1_000_000 };
var epochs = new Option<int>("--epochs") { Description = "Passes over the images.", DefaultValueFactory = _ => 24 };
var steps = new Command("steps", "Trains a small network, saving and evaluating now and then.") { count };
var loading = new Command("loading", "Trains on images that threads decode ahead of it.") { epochs };
steps.SetAction(result => Steps(result.GetValue(count)));
loading.SetAction(result => Loading(result.GetValue(epochs)));
var saving = new Command("saving", "Saves a network of 50 MB every 10 steps, beside them and between them.");
saving.SetAction(_ => Saving());
return new RootCommand("Runs that go on for long: memory, handles and threads stay as they are.") { steps, loading, saving }
    .Parse(args)
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

static int Saving()
{
    set_num_threads(1);
    string folder = Directory.CreateTempSubdirectory("dsl-soak-").FullName;
    try
    {
        using var generator = new Generator(1);
        using var data = new InMemoryData(
            randn([320, 1024], generator: generator), randint(0, 10, [320], ScalarType.Int64, generator: generator));
        using var model = new Wide(generator);
        for (int round = 0; round < 3; round++)
        {
            using (var trainer = new WideTrainer(model) { CheckpointEverySteps = 1000 }) Time("no saves", trainer);
            using (var trainer = new WideTrainer(model)) Time("beside the steps", trainer);
            Time("between the steps", null);
        }

        return 0;

        void Time(string name, WideTrainer? beside)
        {
            var watch = new StepTimes();
            string file = Path.Combine(folder, "run.safetensors");
            if (beside is not null) beside.Fit(data, file, watch);
            else
            {
                using var between = new WideInPlaceTrainer(model);
                between.Fit(data, file, watch);
            }

            Console.WriteLine($"{name,-18} {watch}");
        }
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

/// <summary>How long steps take of a run that saves behind every tenth.</summary>
internal sealed class StepTimes : ITrainingProgress
{
    private readonly List<double> _times = [];
    private long _last;

    public void Started(TrainingRun run)
    {
    }

    // A step's time ends with the next one's: what is done behind a step, as a save, is told of in it.
    public void Stepped(long step, Tensor loss)
    {
        long now = Stopwatch.GetTimestamp();
        if (step > 10) _times.Add(Stopwatch.GetElapsedTime(_last, now).TotalMilliseconds);
        _last = now;
    }

    public void Finished(TrainingReport report)
    {
    }

    public override string ToString()
    {
        double[] saved = [.. _times.Where((_, index) => index % 10 == 0)];
        double[] others = [.. _times.Where((_, index) => index % 10 > 1)];
        double[] next = [.. _times.Where((_, index) => index % 10 == 1)];
        Array.Sort(saved);
        Array.Sort(others);
        Array.Sort(next);
        return string.Create(CultureInfo.InvariantCulture,
            $"{_times.Average(),6:F1} ms a step; medians: {saved[saved.Length / 2],6:F1} ms with a save behind it, "
            + $"{next[next.Length / 2],6:F1} ms the next, {others[others.Length / 2],6:F1} ms others");
    }
}
