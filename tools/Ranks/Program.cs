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
//   OMP_NUM_THREADS=1 mpirun -n 2 tools/Ranks/bin/Release/net10.0/Ranks memory --shards
//   torchrun --nproc_per_node 2 --no_python tools/Ranks/bin/Release/net10.0/Ranks meet
//   OMP_NUM_THREADS=1 tools/Ranks/bin/Release/net10.0/Ranks plan --latency 5 --bandwidth 2
var command = new RootCommand("Trains on several ranks, as mpirun starts them, or on one.");

var name = new Argument<string>("name") { Description = "Which trainer of Declarations.cs." };
name.AcceptOnlyFromAmong("plain", "autograd", "accumulated", "sharp", "noisy", "measured", "measured-autograd", "sharded",
    "sharded-autograd", "sharded-frozen", "overlapped");
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

var samples = new Option<int>("--samples") { Description = "Samples of a batch of all ranks.", DefaultValueFactory = _ => 128 };
var time = new Command("time", "Steps of a convolutional network, and what of them is the sum over ranks.") { samples };
time.SetAction(result => MeasureSteps(result.GetValue(samples)));
command.Add(time);

var bandwidth = new Command("bandwidth", "Sums over ranks of arrays of several sizes.");
bandwidth.SetAction(_ => MeasureSums());
command.Add(bandwidth);

var meet = new Command("meet", "The ranks add up their places.");
meet.SetAction(_ => Console.WriteLine($"rank {RankGroup.World.Rank} of {RankGroup.World.Count}, places add up to "
    + $"{RankGroup.World.Sum((long)RankGroup.World.Rank)}"));
command.Add(meet);

var overlap = new Command("overlap", "What it buys to sum gradients while others are computed.");
overlap.SetAction(_ => MeasureOverlap());
command.Add(overlap);

var latency = new Option<double>("--latency") { Description = "Microseconds of a message.", Required = true };
var wire = new Option<double>("--bandwidth") { Description = "GB a second between two ranks.", Required = true };
var numbers = new Option<int[]>("--ranks") { Description = "Numbers of ranks.", DefaultValueFactory = _ => [2, 3, 4] };
numbers.AllowMultipleArgumentsPerToken = true;
var plan = new Command("plan", "What a step of several ranks would take, and hold, by what this process takes and holds.");
plan.Add(latency);
plan.Add(wire);
plan.Add(numbers);
plan.Add(samples);
var cores = new Option<int>("--cores") { Description = "Cores that all ranks share; as many as ranks where it is left out." };
plan.Add(cores);
plan.SetAction(result => Plan(new(result.GetValue(latency) * 1e-6, result.GetValue(wire) * 1e9),
    result.GetValue(numbers)!, result.GetValue(samples), result.GetValue(cores)));
command.Add(plan);

var shards = new Option<bool>("--shards") { Description = "Whether the optimizer's state is shared out." };
var memory = new Command("memory", "What each rank holds at most while it trains a network of 50 MB.") { shards };
memory.SetAction(result => MeasureMemory(result.GetValue(shards)));
command.Add(memory);
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
        "overlapped" => new OverlappedTrainer(new Deep(generator)),
        "sharded" => new ShardedTrainer(new Plain(generator)),
        "sharded-autograd" => new ShardedAutogradTrainer(new Plain(generator)),
        "sharded-frozen" => new FrozenShardedTrainer(new PartlyFrozen(generator)),
        "sharp" => new SharpTrainer(new Plain(generator)),
        "measured" => new MeasuredTrainer(new Measured(generator)),
        "measured-autograd" => new MeasuredAutogradTrainer(new Measured(generator)),
        _ => new NoisyTrainer(new Noisy(generator)),
    };
    if (RankGroup.World.Rank == otherSeed) trainer.Seed = 99;
    if (File.Exists(file)) trainer.Resume(file);
    else if (trainer is FrozenShardedTrainer) trainer.Freeze("4.weight", "*.bias");
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
        case OverlappedTrainer overlapped:
            overlapped.Fit(data, file, lines);
            model = overlapped.Model;
            break;
        case ShardedTrainer sharded:
            sharded.Fit(data, file, lines);
            model = sharded.Model;
            break;
        case ShardedAutogradTrainer sharded:
            sharded.Fit(data, file, lines);
            model = sharded.Model;
            break;
        case FrozenShardedTrainer frozen:
            frozen.Fit(data, file, lines);
            model = frozen.Model;
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

static void Plan(Planner planner, int[] counts, int samples, int cores)
{
    double before = Planner.PeakMemory;
    TrainWide(isSharded: false);
    double peak = Planner.PeakMemory, length = WideLength(), whole = Planner.State(1, length, 2, isSharded: false);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{length} parameters by Adam: {before / 1e6:F0} MB before, {peak / 1e6:F0} MB at most, {whole / 1e6:F0} MB of them "
        + $"parameters, gradients and moments"));
    foreach (int ranks in counts)
    {
        double shared = Planner.State(ranks, length, 2, isSharded: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{ranks} ranks: {peak / 1e6:F0} MB each at most, {(peak - whole + shared) / 1e6:F0} MB where the optimizer's "
            + $"state is shared out"));
    }

    double alone = 0;
    foreach (int ranks in counts.Prepend(1))
    {
        // What a rank computes: the part of a batch that the last one has, which is none of the smaller ones; and it waits
        // while others have its core.
        var (part, parameters) = StepTime((samples - 1 + ranks) / ranks);
        double step = part * Math.Max(1, cores > 0 ? (double)ranks / cores : 1);
        double sum = planner.Sum(ranks, sizeof(float) * parameters), total = step + sum;
        if (ranks == 1) alone = total;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{ranks} ranks: {total * 1e3,6:F2} ms a step, {sum * 1e3:F2} ms of it the sum; {alone / total:F2} times as fast as "
            + $"one, {alone / total / ranks:P0} of {ranks} times"));
    }
}

// The fastest step of one process on a part of a batch, in seconds, and the parameters.
static (double Seconds, long Parameters) StepTime(int samples)
{
    using var generator = new Generator(2);
    using var data = new InMemoryData(
        rand([1024, 1, 28, 28], generator: generator), randint(0, 10, [1024], ScalarType.Int64, generator: generator));
    using var trainer = new ConvolutionsTrainer(new Convolutions(generator));
    trainer.StepsPerEpoch = 8;
    using var batch = new ConvolutionsTrainer.Batch(
        rand([samples, 1, 28, 28]), zeros([samples], ScalarType.Int64));
    return (Times(Steps(samples), trainer.Ranks, () => trainer.Step(batch)).Fastest, trainer.Model.Arena.Length);
}

static long WideLength()
{
    using var model = new Wide();
    return model.Arena.TrainableLength;
}

static void TrainWide(bool isSharded)
{
    using var generator = new Generator(2);
    using var data = new InMemoryData(
        rand([64, 1024], generator: generator), randint(0, 10, [64], ScalarType.Int64, generator: generator));
    using var model = new Wide(generator);
    if (isSharded)
    {
        using var sharing = new WideSharedTrainer(model);
        sharing.Fit(data);
        return;
    }

    using var trainer = new WideTrainer(model);
    trainer.Fit(data);
}

static void MeasureMemory(bool isSharded)
{
    TrainWide(isSharded);
    var ranks = RankGroup.World;
    using var peaks = zeros([ranks.Count], ScalarType.Float64);
    peaks[ranks.Rank] = tensor(Planner.PeakMemory / 1e6);
    ranks.Sum(peaks);
    if (!ranks.IsFirst) return;
    string[] each = [.. peaks.data<double>().ToArray().Select(peak => peak.ToString("F0", CultureInfo.InvariantCulture))];
    Console.WriteLine($"{ranks.Count} ranks{(isSharded ? ", state shared out" : "")}: {string.Join(", ", each)} MB at most");
}

// Small batches need many steps: the fastest is one that nothing else came between.
static int Steps(int samples) => Math.Clamp(60 * 128 / samples, 60, 2000);

static void MeasureSteps(int samples)
{
    using var generator = new Generator(2);
    using var data = new InMemoryData(
        rand([1024, 1, 28, 28], generator: generator), randint(0, 10, [1024], ScalarType.Int64, generator: generator));
    using var trainer = new ConvolutionsTrainer(new Convolutions(generator));
    trainer.Fit(data);
    trainer.StepsPerEpoch = 8;
    var (first, end) = (samples * trainer.Ranks.Rank / trainer.Ranks.Count,
        samples * (trainer.Ranks.Rank + 1) / trainer.Ranks.Count);
    using var batch = new ConvolutionsTrainer.Batch(
        rand([end - first, 1, 28, 28]), zeros([end - first], ScalarType.Int64));
    int steps = Steps(samples / trainer.Ranks.Count);
    var (step, usual) = Times(steps, trainer.Ranks, () => trainer.Step(batch));
    var (sum, _) = Times(steps, trainer.Ranks, () => trainer.Ranks.Sum(trainer.Model.Arena.Gradients));
    if (!trainer.Ranks.IsFirst) return;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{trainer.Ranks.Count} ranks, {trainer.Model.Arena.Length} parameters, {samples} samples: {step * 1e3:F2} ms the "
        + $"fastest step of {steps}, {usual * 1e3:F2} ms the median; the sum of the gradients {sum * 1e3:F2} ms"));
}

// A gradient of 50 MB, of batches whose backward pass takes about as long as the sum, and longer.
static void MeasureOverlap()
{
    using var generator = new Generator(2);
    var ranks = RankGroup.World;
    using var model = new Wide(generator);
    using var behind = new WideTrainer(model) { StepsPerEpoch = 8 };
    using var beside = new WideOverlappedTrainer(model) { StepsPerEpoch = 8 };
    foreach (int samples in (int[])[16, 64, 256])
    {
        using var inputs = rand([samples / ranks.Count, 1024]);
        using var labels = zeros([samples / ranks.Count], ScalarType.Int64);
        using var first = new WideTrainer.Batch(inputs, labels);
        using var second = new WideOverlappedTrainer.Batch(inputs, labels);
        var times = new List<(double Fastest, double Median)>[] { [], [] };
        for (int round = 0; round < 3; round++)
        {
            times[0].Add(Times(10, ranks, () => behind.Step(first)));
            times[1].Add(Times(10, ranks, () => beside.Step(second)));
        }

        if (!ranks.IsFirst) continue;
        string[] words = [.. times.Select(rounds => string.Create(CultureInfo.InvariantCulture,
            $"{rounds.Min(round => round.Fastest) * 1e3:F0} ms the fastest, {rounds.Average(round => round.Median) * 1e3:F0} ms "
            + $"the median"))];
        Console.WriteLine($"{ranks.Count} ranks, {samples} samples, sum behind: {words[0]}; beside: {words[1]}");
    }
}

static void MeasureSums()
{
    var ranks = RankGroup.World;
    var sums = new List<(double Bytes, double Seconds)>();
    foreach (long count in (long[])[1 << 8, 1 << 12, 1 << 16, 1 << 20, 1 << 24])
    {
        using var values = zeros([count]);
        var (seconds, usual) = Times(count > 1 << 20 ? 20 : 200, ranks, () => ranks.Sum(values));
        sums.Add((count * 4, seconds));
        if (!ranks.IsFirst) continue;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{ranks.Count} ranks, {count * 4,9} bytes: {seconds * 1e6,9:F1} µs the fastest, {usual * 1e6,9:F1} µs the median; "
            + $"{count * 4 / seconds / 1e9:F2} GB/s"));
    }

    if (ranks.IsFirst && ranks.Count == 2) Console.WriteLine($"plan: {Planner.Of(sums)}");
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
