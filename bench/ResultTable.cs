using System.Globalization;
using Spectre.Console;

namespace Bench;

/// <summary>The results for a reader.</summary>
internal static class ResultTable
{
    /// <summary>Prints the rows; PyTorch's columns only where it ran, memory only where there were trials.</summary>
    public static void Print(IReadOnlyList<Measurement> rows)
    {
        // Into a pipe or a file it would write lines of 80 characters and break the names.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 140);
        bool withPyTorch = rows.Any(row => row.PytorchUs is not null);
        PrintTimes(rows, withPyTorch);
        if (rows.Any(row => row.OursPeakBytes is not null)) PrintMemory(rows, withPyTorch);
        foreach (var target in rows.GroupBy(row => row.Target).Where(target => target.Count() > 1)) PrintMeans(target);
    }

    private static void PrintMeans(IGrouping<string, Measurement> rows)
    {
        List<string> means = [$"{Number(GeometricMean(rows.Select(row => row.RatioTorchSharp)), "0.00")} of TorchSharp's"];
        if (rows.All(row => row.Ratio is not null))
            means.Add($"{Number(GeometricMean(rows.Select(row => row.Ratio!.Value)), "0.00")} of PyTorch's");
        string said = $"Of {rows.Count()} workloads, {rows.Key}: {string.Join(" and ", means)} speed (geometric mean)";
        if (rows.All(row => row.OursPeakBytes is not null && row.TorchSharpPeakBytes is not null))
        {
            double memory = rows.Average(row => (double)row.OursPeakBytes!.Value / row.TorchSharpPeakBytes!.Value);
            said += $", the memory {Number(memory, "0.00")} of TorchSharp's (mean)";
        }

        AnsiConsole.WriteLine(said + ".");
    }

    private static double GeometricMean(IEnumerable<double> ratios) => Math.Exp(ratios.Average(Math.Log));

    private static void PrintTimes(IReadOnlyList<Measurement> rows, bool withPyTorch)
    {
        string[] names = ["workload", "target", "Dsl", "±", "TorchSharp", "±", "ratio", "±"];
        Print(withPyTorch ? [.. names, "PyTorch", "±", "ratio", "±"] : names, rows.Select(row =>
        {
            string[] cells =
            [
                row.Workload, row.Target, Number(row.OursUs, "0"), Share(row.OursSpread), Number(row.TorchSharpUs, "0"),
                Share(row.TorchSharpSpread), Number(row.RatioTorchSharp, "0.00"), Share(row.RatioTorchSharpSpread),
            ];
            return withPyTorch
                ?
                [
                    .. cells, Number(row.PytorchUs, "0"), Share(row.PytorchSpread), Number(row.Ratio, "0.00"),
                    Share(row.RatioSpread),
                ]
                : cells;
        }));
        AnsiConsole.WriteLine(
            "Medians of the blocks, in µs a step; ± is half of the middle half of them. A ratio above 1: Dsl is faster.");
    }

    private static void PrintMemory(IReadOnlyList<Measurement> rows, bool withPyTorch)
    {
        string[] names =
            ["workload", "target", "Dsl, MB", "KB", "tensors", "operators", "GFLOP/s", "TorchSharp, MB", "KB", "tensors"];
        Print(withPyTorch ? [.. names, "PyTorch, MB"] : names, rows.Select(row =>
        {
            string[] cells =
            [
                row.Workload, row.Target, Number(row.OursPeakBytes / 1e6, "0.0"), Number(row.OursBytes / 1e3, "0.0"),
                Number(row.OursTensors, "0"), Number(row.OursOperators, "0"), Number(row.Flops / row.OursUs / 1e3, "0.0"),
                Number(row.TorchSharpPeakBytes / 1e6, "0.0"), Number(row.TorchSharpBytes / 1e3, "0.0"),
                Number(row.TorchSharpTensors, "0"),
            ];
            return withPyTorch ? [.. cells, Number(row.PytorchPeakBytes / 1e6, "0.0")] : cells;
        }));
        AnsiConsole.WriteLine(
            "MB: growth of a process of the side's own from before the network is made to its highest point in 20 steps. A step: "
            + "KB of managed memory, managed tensors, operators called through libtorch's C interface, GFLOP/s of its products. "
            + "All sides had the same losses over those 20 steps.");
    }

    private static void Print(string[] names, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.Rounded };
        for (int i = 0; i < names.Length; i++)
            table.AddColumn(new TableColumn(names[i]) { Alignment = i < 2 ? Justify.Left : Justify.Right });
        foreach (string[] row in rows) table.AddRow(row);
        AnsiConsole.Write(table);
    }

    private static string Share(double? share) => share is { } known ? Number(known * 100, "0.#") + " %" : "";

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
