using System.Globalization;
using System.Xml.Linq;
using Dsl.Runtime;

namespace Bench;

/// <summary>How the results of many runs went, as a page.</summary>
internal static class HistoryPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="history">What --history wrote.</param>
    /// <param name="path">The page.</param>
    public static void Write(string history, string path)
    {
        var runs = HistoryEntry.Read(history);
        var body = new XElement("body", new XElement("h1", "Training steps over the runs of the benchmark"),
            new XElement("p", "A ratio above 1: Dsl is faster. Only runs of one processor, with equal threads, are compared."));

        // Numbers of other machines say nothing of a change.
        var machines = runs.GroupBy(run => (run.Processor, run.Rows.FirstOrDefault()?.Threads)).ToList();
        foreach (var (place, machine) in machines.Index())
        {
            string threads = machine.Key.Threads == 1 ? "one thread" : $"{machine.Key.Threads} threads";
            body.Add(new XElement("h2", $"{machine.Key.Processor}, {threads}"), Runs([.. machine]));
            string[] workloads = [.. machine.SelectMany(run => run.Rows).Select(row => row.Workload).Distinct()];
            foreach (string workload in workloads)
            {
                body.Add(new XElement("h3", workload));
                body.Add(new XElement("div", new XAttribute("class", "pictures"), Figures([.. machine], workload, place)));
                body.Add(Latest(machine.Last(run => run.Rows.Any(row => row.Workload == workload)), workload));
            }
        }

        File.WriteAllText(path, HtmlPage.Write("Benchmark history", body));
    }

    private static XElement Runs(IReadOnlyList<HistoryEntry> runs) => HtmlPage.Table(
        ["run", "date", "machine", "commit", ".NET", "TorchSharp", "PyTorch", "workloads"],
        runs.Select((run, index) => new[]
        {
            Number(index + 1, "0"), run.Date.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), run.Machine,
            run.Commit ?? "", run.Runtime, run.Torchsharp, run.Pytorch ?? "",
            Number(run.Rows.Select(row => row.Workload).Distinct().Count(), "0"),
        }));

    private static IEnumerable<XElement> Figures(IReadOnlyList<HistoryEntry> runs, string workload, int machine)
    {
        (string Title, (string Name, string Target, Func<Measurement, double?> Number)[] Lines)[] figures =
        [
            ("Times as fast",
            [
                ("TorchSharp over explicit", Side.Explicit, row => row.RatioTorchSharp),
                ("TorchSharp over autograd", Side.Autograd, row => row.RatioTorchSharp),
                ("PyTorch over explicit", Side.Explicit, row => row.Ratio),
            ]),
            ("µs a step",
            [
                ("explicit", Side.Explicit, row => row.OursUs), ("autograd", Side.Autograd, row => row.OursUs),
                ("TorchSharp", Side.Explicit, row => row.TorchSharpUs), ("PyTorch", Side.Explicit, row => row.PytorchUs),
            ]),
            ("MB at the highest point",
            [
                ("explicit", Side.Explicit, row => row.OursPeakBytes / 1e6),
                ("autograd", Side.Autograd, row => row.OursPeakBytes / 1e6),
                ("TorchSharp", Side.Explicit, row => row.TorchSharpPeakBytes / 1e6),
                ("PyTorch", Side.Explicit, row => row.PytorchPeakBytes / 1e6),
            ]),
        ];
        foreach (var (title, lines) in figures)
        {
            var model = Curves.Model("run", lines.Select(line => (line.Name, runs.SelectMany((run, index) => run.Rows
                .Where(row => row.Workload == workload && row.Target == line.Target && line.Number(row) is not null)
                .Select(row => (index + 1.0, line.Number(row)!.Value))))));

            // Of one run alone there is nothing to draw: the tables say it.
            if (model.Series.Count == 0) continue;

            // There is no half run.
            model.Axes[0].MinimumMajorStep = 1;

            // Twice as high is twice as much.
            model.Axes[1].Minimum = 0;
            yield return new XElement("figure", new XElement("figcaption", title),
                Curves.Lines($"{workload} {title} {Number(machine + 1, "0")}", model));
        }
    }

    private static XElement Latest(HistoryEntry run, string workload) => HtmlPage.Table(
        ["latest", "Dsl, µs", "TorchSharp, µs", "ratio", "±", "PyTorch, µs", "ratio", "±"],
        run.Rows.Where(row => row.Workload == workload).Select(row => new[]
        {
            row.Target, Number(row.OursUs, "0"), Number(row.TorchSharpUs, "0"), Number(row.RatioTorchSharp, "0.00"),
            Number(row.RatioTorchSharpSpread * 100, "0.#") + " %", Number(row.PytorchUs, "0"), Number(row.Ratio, "0.00"),
            row.RatioSpread is { } spread ? Number(spread * 100, "0.#") + " %" : "",
        }));

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
