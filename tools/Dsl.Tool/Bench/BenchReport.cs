using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Dsl.Bench;

/// <summary>A trainer, and what came of measuring it: times, or a reason why there are none.</summary>
internal sealed record BenchResult(PlannedTrainer Trainer, StepTimes? Times, string? Reason)
{
    /// <summary>Samples of an update.</summary>
    public long Samples => Trainer.Plan is { } plan ? plan.BatchSize * Math.Max(1, plan.BatchesPerUpdate) : 0;

    public double SamplesPerSecond => Samples / Times!.Milliseconds * 1000;
}

/// <summary>What was measured, for a terminal and for another program.</summary>
internal static class BenchReport
{
    private static readonly string[] Headings = ["trainer", "target", "samples", "ms", "±", "samples/s", "KB", "MB"];

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(IAnsiConsole console, IReadOnlyList<BenchResult> results)
    {
        var measured = results.Where(result => result.Times is not null).ToList();
        if (measured.Count > 0) WriteTable(console, measured);
        foreach (var result in measured.Where(result => result.Trainer.Assumptions.Count > 0))
            console.WriteLine($"{result.Trainer.Name} was given {string.Join(", ", result.Trainer.Assumptions)}.");
        foreach (var result in results.Where(result => result.Times is null))
            console.WriteLine($"{result.Trainer.Name} is not measured: {result.Reason}");
    }

    public static string Json(IEnumerable<BenchResult> results) => JsonSerializer.Serialize(
        results.Select(result => new
        {
            result.Trainer.Name,
            result.Trainer.Target,
            result.Trainer.Plan?.BatchSize,
            Batches = result.Trainer.Plan is { } plan ? Math.Max(1, plan.BatchesPerUpdate) : (int?)null,
            result.Times?.Milliseconds,
            result.Times?.Spread,
            SamplesPerSecond = result.Times is null ? (double?)null : result.SamplesPerSecond,
            result.Times?.ManagedBytes,
            result.Times?.PeakBytes,
            result.Times?.Threads,
            Assumptions = result.Times is null ? null : result.Trainer.Assumptions,
            result.Reason,
        }), Options);

    private static void WriteTable(IAnsiConsole console, List<BenchResult> measured)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (string heading in Headings)
        {
            var column = new TableColumn(heading) { NoWrap = true };
            table.AddColumn(heading is "trainer" or "target" ? column : column.RightAligned());
        }

        foreach (var result in measured) table.AddRow(Cells(result).Select(cell => new Text(cell)).ToArray());
        console.Write(table);
        int threads = measured[0].Times!.Threads;
        console.WriteLine(
            $"ms: a step on the CPU with {threads} thread{(threads == 1 ? "" : "s")}, the median of blocks; ± is half of the "
            + "middle half of them. KB: managed memory of a step.");
        console.WriteLine("MB: how much the process grew, from before its networks were made to its highest point.");
        console.WriteLine("Data are random numbers of the declared shapes, in memory: what Fit does around a step is not in it.");
    }

    private static string[] Cells(BenchResult result)
    {
        var times = result.Times!;
        int batches = result.Trainer.Plan!.BatchesPerUpdate;
        return
        [
            result.Trainer.Name, result.Trainer.Target,
            (batches > 0 ? $"{batches} x " : "") + Number(result.Trainer.Plan.BatchSize, "0"),
            Number(times.Milliseconds, "0.000"), Number(times.Spread * 100, "0.0") + " %", Number(result.SamplesPerSecond, "0"),
            Number(times.ManagedBytes / 1e3, "0.0"), Number(times.PeakBytes / 1e6, "0.0"),
        ];
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
