using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Dsl.Runtime;
using Ranks;
using TorchSharp;
using static TorchSharp.torch;

// Trains together with the other processes of a launch, and measures what that costs:
//   dotnet build -c Release tools/Ranks
//   OMP_NUM_THREADS=1 mpirun -n 2 tools/Ranks/bin/Release/net10.0/Ranks train plain
//   OMP_NUM_THREADS=1 mpirun -n 2 tools/Ranks/bin/Release/net10.0/Ranks time
//   OMP_NUM_THREADS=1 mpirun -n 2 tools/Ranks/bin/Release/net10.0/Ranks bandwidth
var command = new RootCommand("Trains on several ranks, as mpirun starts them, or on one.");

var name = new Argument<string>("name") { Description = "Which trainer of Declarations.cs." };
name.AcceptOnlyFromAmong("plain", "autograd", "accumulated", "sharp", "noisy", "measured", "measured-autograd");
var file = new Option<string>("--file") { Description = "Where the run is saved, and goes on from.", Required = true };
var fault = new Option<int>("--fault-rank") { Description = "The rank that fails.", DefaultValueFactory = _ => -1 };
var read = new Option<int>("--fault-read") { Description = "The batch that it fails to read.", DefaultValueFactory = _ => 1 };
var what = new Option<Fault>("--fault") { Description = "What happens there: Throws, Killed or Terminated." };
var other = new Option<int>("--other-seed") { Description = "A rank that is given another seed.", DefaultValueFactory = _ => -1 };
var train = new Command("train", "A line for each step and epoch, and the parameters at the end.") { name, file, fault, read };
train.Add(what);
train.Add(other);
train.SetAction(result =>
{
    var data = new FaultyData(
        Data(result.GetValue(name)!), result.GetValue(fault), result.GetValue(read), result.GetValue(what));
    Train(result.GetValue(name)!, data, result.GetValue(file)!, result.GetValue(other));
    return 0;
});
command.Add(train);

var time = new Command("time", "Steps of a convolutional network on batches of 128, and what of them is the sum over ranks.");
time.SetAction(_ => MeasureSteps());
command.Add(time);

var bandwidth = new Command("bandwidth", "Sums over ranks of arrays of several sizes.");
bandwidth.SetAction(_ => MeasureSums());
command.Add(bandwidth);
return command.Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });

static InMemoryData Data(string name)
{
    using var generator = new Generator(2);
    long[] shape = name is "noisy" or "measured" or "measured-autograd" ? [200, 1, 8, 8] : [200, 8];
    var inputs = randn(shape, generator: generator);
    var labels = randint(0, 4, [200], ScalarType.Int64, generator: generator);

    // Some samples have no label: ranks then have different numbers of them.
    if (name != "noisy") labels[TensorIndex.Slice(0, 40, 3)] = tensor(-100L);
    return new InMemoryData(inputs, labels);
}

static void Train(string name, ILabeledDataSource data, string file, int otherSeed)
{
    var generator = new Generator(1);
    Trainer trainer = name switch
    {
        "plain" => new PlainTrainer(new Plain(generator)),
        "autograd" => new AutogradTrainer(new Plain(generator)),
        "accumulated" => new AccumulatedTrainer(new Plain(generator)),
        "sharp" => new SharpTrainer(new Plain(generator)),
        "measured" => new MeasuredTrainer(new Measured(generator)),
        "measured-autograd" => new MeasuredAutogradTrainer(new Measured(generator)),
        _ => new NoisyTrainer(new Noisy(generator)),
    };
    if (RankGroup.World.Rank == otherSeed) trainer.Seed = 99;
    if (File.Exists(file)) trainer.Resume(file);
    var lines = new StepLines();
    nn.Module model;
    switch (trainer)
    {
        case PlainTrainer plain:
            plain.Fit(data, file, lines);
            model = plain.Model;
            break;
        case AutogradTrainer autograd:
            autograd.Fit(data, file, lines);
            model = autograd.Model;
            break;
        case AccumulatedTrainer accumulated:
            accumulated.Fit(data, file, lines);
            model = accumulated.Model;
            break;
        case SharpTrainer sharp:
            sharp.Fit(data, file, lines);
            model = sharp.Model;
            break;
        case MeasuredTrainer measured:
            measured.Fit(data, file, lines);
            model = measured.Model;
            break;
        case MeasuredAutogradTrainer measured:
            measured.Fit(data, file, lines);
            model = measured.Model;
            break;
        case NoisyTrainer noisy:
            noisy.Fit(data, data, file, lines);
            model = noisy.Model;
            break;
        default:
            throw new UnreachableException();
    }

    if (!trainer.Ranks.IsFirst) return;
    foreach (var (key, value) in model.state_dict())
    {
        var numbers = value.to_type(ScalarType.Float64).flatten().data<double>().ToArray();
        var words = numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture));
        Console.WriteLine($"{key} {string.Join(' ', words)}");
    }
}

static void MeasureSteps()
{
    using var generator = new Generator(2);
    using var data = new InMemoryData(
        rand([1024, 1, 28, 28], generator: generator), randint(0, 10, [1024], ScalarType.Int64, generator: generator));
    using var trainer = new ConvolutionsTrainer(new Convolutions(generator));
    trainer.Fit(data);
    trainer.StepsPerEpoch = 8;
    using var batch = new ConvolutionsTrainer.Batch(
        rand([128 / trainer.Ranks.Count, 1, 28, 28]), zeros([128 / trainer.Ranks.Count], ScalarType.Int64));
    var (step, usual) = Times(60, trainer.Ranks, () => trainer.Step(batch));
    var (sum, _) = Times(60, trainer.Ranks, () => trainer.Ranks.Sum(trainer.Model.Arena.Gradients));
    if (!trainer.Ranks.IsFirst) return;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{trainer.Ranks.Count} ranks, {trainer.Model.Arena.Length} parameters, 128 samples: {step * 1e3:F1} ms the fastest step "
        + $"of 60, {usual * 1e3:F1} ms the median; the sum of the gradients {sum * 1e3:F2} ms"));
}

static void MeasureSums()
{
    var ranks = RankGroup.World;
    foreach (long count in (long[])[1 << 8, 1 << 12, 1 << 16, 1 << 20, 1 << 24])
    {
        using var values = zeros([count]);
        var (seconds, usual) = Times(count > 1 << 20 ? 20 : 200, ranks, () => ranks.Sum(values));
        if (!ranks.IsFirst) continue;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{ranks.Count} ranks, {count * 4,9} bytes: {seconds * 1e6,9:F1} µs the fastest, {usual * 1e6,9:F1} µs the median; "
            + $"{count * 4 / seconds / 1e9:F2} GB/s"));
    }
}

// The fastest of several times and the median, in seconds: other processes make times longer, and none shorter.
static (double Fastest, double Median) Times(int repetitions, RankGroup ranks, Action action)
{
    for (int i = 0; i < 5; i++) action();
    var times = new double[repetitions];
    for (int i = 0; i < repetitions; i++)
    {
        ranks.Meet();
        var clock = Stopwatch.StartNew();
        action();
        times[i] = clock.Elapsed.TotalSeconds;
    }

    Array.Sort(times);
    return (times[0], times[repetitions / 2]);
}
