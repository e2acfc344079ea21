using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Bench;
using Spectre.Console;
using static TorchSharp.torch;

var json = new Option<FileInfo?>("--json") { Description = "Writes the results to a file." };
var threads = new Option<int>("--threads") { Description = "Threads inside an operation, on both sides.", DefaultValueFactory = _ => 1 };
var blocks = new Option<int>("--blocks") { Description = "Blocks of steps that the sides take in turn.", DefaultValueFactory = _ => 7 };
var seconds = new Option<double>("--seconds") { Description = "Length of a block, about.", DefaultValueFactory = _ => 0.5 };
var only = new Option<string?>("--workload") { Description = "One workload: mlp-adam, cnn-adam, gpt-adam, mlp-distill, mean-teacher, lstm-adam or gru-adam." };
var command = new RootCommand("Training steps beside PyTorch's, on the same libtorch, threads and kind of data, in one run.") { json, threads, blocks, seconds, only };
command.SetAction(result => Run(
    result.GetValue(json), result.GetValue(threads), result.GetValue(blocks), result.GetValue(seconds), result.GetValue(only)));
return command.Parse(args).Invoke();

static int Run(FileInfo? json, int threads, int blocks, double seconds, string? only)
{
    set_num_threads(threads);
    manual_seed(0);
    using var eager = new PyTorchWorker(threads, raisedThresholds: false);
    using var tuned = new PyTorchWorker(threads, raisedThresholds: true);
    AnsiConsole.MarkupLineInterpolated($"PyTorch {eager.Info()["torch"]!.ToString()}, {threads} thread(s), {blocks} blocks of about {seconds} s in turn; medians in µs a step");

    var results = new List<Measurement>();
    foreach (var create in Workload.All)
    {
        var workload = create();
        if (only is not null && workload.Name != only) continue;
        results.Add(Measure(workload, eager, tuned, threads, blocks, seconds));
        GC.Collect();
    }

    if (results.Count == 0)
    {
        AnsiConsole.MarkupLineInterpolated($"[red]There is no workload '{only}'.[/]");
        return 2;
    }

    var table = new Table { Border = TableBorder.Rounded };
    foreach (string column in new[] { "workload", "target", "Dsl", "PyTorch", "ratio", "PyTorch, tuned malloc", "ratio" })
        table.AddColumn(new TableColumn(column) { Alignment = column is "workload" or "target" ? Justify.Left : Justify.Right });
    foreach (var m in results)
    {
        table.AddRow(m.Workload, m.Target, Number(m.OursUs, "0"), Number(m.PytorchUs, "0"), Number(m.Ratio, "0.00"),
            Number(m.PytorchTunedUs, "0"), Number(m.RatioTuned, "0.00"));
    }

    AnsiConsole.Write(table);
    AnsiConsole.MarkupLine("A ratio above 1: Dsl is faster. Tuned malloc: glibc's mmap and trim thresholds raised, as Dsl does for itself.");
    if (json is not null)
    {
        var options = new JsonSerializerOptions { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        File.WriteAllText(json.FullName, JsonSerializer.Serialize(results, options) + "\n");
    }

    return 0;

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

static Measurement Measure(Workload workload, PyTorchWorker eager, PyTorchWorker tuned, int threads, int blocks, double seconds)
{
    // Warm-up: the JIT's tiers on this side, the allocators on both; and the length of a block.
    double guess = OurBlock(workload, 30);
    int steps = (int)Math.Clamp(seconds * 1e6 / guess, 10, 2000);
    OurBlock(workload, steps);
    eager.Run(workload.Name, 20, threads);
    tuned.Run(workload.Name, 20, threads);

    var ours = new List<double>();
    var theirs = new List<double>();
    var theirsTuned = new List<double>();
    for (int block = 0; block < blocks; block++)
    {
        ours.Add(OurBlock(workload, steps));
        theirs.Add(eager.Run(workload.Name, steps, threads));
        theirsTuned.Add(tuned.Run(workload.Name, steps, threads));
    }

    // The machine's speed drifts: blocks that ran side by side are compared with each other.
    double ratio = Median(ours.Zip(theirs, (a, b) => b / a)), ratioTuned = Median(ours.Zip(theirsTuned, (a, b) => b / a));
    return new Measurement(workload.Name, workload.Target, threads, Median(ours), Median(theirs), ratio, Median(theirsTuned), ratioTuned);
}

static double OurBlock(Workload workload, int steps)
{
    var times = new double[steps];
    for (int i = 0; i < steps; i++)
    {
        long start = Stopwatch.GetTimestamp();
        workload.Step(i);
        times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    return Median(times);
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToArray();
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}

/// <summary>A row of the results: microseconds a step, and PyTorch's time over ours.</summary>
internal sealed record Measurement(
    string Workload, string Target, int Threads, double OursUs, double PytorchUs, double Ratio, double PytorchTunedUs, double RatioTuned);
