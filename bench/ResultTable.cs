using System.Globalization;
using Spectre.Console;

namespace Bench;

/// <summary>The results for a reader.</summary>
internal static class ResultTable
{
    /// <summary>Prints the rows; PyTorch's columns only where it ran.</summary>
    public static void Print(IReadOnlyList<Measurement> rows)
    {
        // Into a pipe or a file it would write lines of 80 characters and break the names.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 120);
        bool withPyTorch = rows.Any(row => row.PytorchUs is not null);
        var table = new Table { Border = TableBorder.Rounded };
        string[] names = ["workload", "target", "Dsl", "KB", "TorchSharp", "KB", "ratio"];
        if (withPyTorch) names = [.. names, "PyTorch", "ratio"];
        for (int i = 0; i < names.Length; i++)
            table.AddColumn(new TableColumn(names[i]) { Alignment = i < 2 ? Justify.Left : Justify.Right });
        foreach (var row in rows)
        {
            string[] cells =
            [
                row.Workload, row.Target, Number(row.OursUs, "0"), Number(row.OursBytes / 1000, "0.0"),
                Number(row.TorchSharpUs, "0"), Number(row.TorchSharpBytes / 1000, "0.0"), Number(row.RatioTorchSharp, "0.00"),
            ];
            table.AddRow(withPyTorch ? [.. cells, Number(row.PytorchUs, "0"), Number(row.Ratio, "0.00")] : cells);
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine("Medians, in µs and KB of managed memory a step. A ratio above 1: Dsl is faster.");
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
