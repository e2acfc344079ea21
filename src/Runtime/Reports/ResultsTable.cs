using System.Globalization;
using Spectre.Console;

namespace Dsl.Runtime;

/// <summary>Results beside the values that they are expected to reach.</summary>
/// <param name="title">Stands above the table.</param>
/// <param name="unit">Stands after every number, as " %"; may be empty.</param>
/// <param name="resultHeader">Heads the results.</param>
/// <param name="referenceHeader">Heads the expected values: where they come from.</param>
/// <param name="lessIsBetter">Whether smaller results are the better ones, as losses.</param>
public sealed class ResultsTable(
    string title, string unit = "", string resultHeader = "result", string referenceHeader = "reference",
    bool lessIsBetter = false)
{
    private readonly List<Row> _rows = [];

    /// <summary>Whether every result reaches its reference.</summary>
    public bool AllReached => _rows.TrueForAll(row => row.IsReached);

    /// <summary>Adds a line.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="result">What came out.</param>
    /// <param name="reference">What is expected; null for nothing to compare with.</param>
    /// <param name="deviation">Standard deviation of the reference over seeds, at least 0. A result reaches its reference when it
    /// is not more than two deviations worse.</param>
    /// <returns>This table.</returns>
    public ResultsTable Add(string what, double result, double? reference = null, double deviation = 0)
    {
        ArgumentNullException.ThrowIfNull(what);
        ArgumentOutOfRangeException.ThrowIfNegative(deviation);
        _rows.Add(new Row(what, result, 0, reference, deviation, lessIsBetter));
        return this;
    }

    /// <summary>Adds a line for the mean of several runs, shown with their standard deviation.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="results">What came out of each run, at least one.</param>
    /// <param name="reference">What is expected; null for nothing to compare with.</param>
    /// <param name="deviation">Standard deviation of the reference over seeds, at least 0. The mean reaches its reference when it
    /// is not more than two deviations worse, of the reference's deviation and the runs' own the larger one.</param>
    /// <returns>This table.</returns>
    public ResultsTable Add(string what, IReadOnlyList<double> results, double? reference = null, double deviation = 0)
    {
        ArgumentNullException.ThrowIfNull(what);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentOutOfRangeException.ThrowIfZero(results.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(deviation);
        _rows.Add(new Row(what, results.Average(), Deviation(results), reference, deviation, lessIsBetter));
        return this;
    }

    /// <summary>Shows the table.</summary>
    /// <param name="console">Where; null for the process's console.</param>
    public void Write(IAnsiConsole? console = null)
    {
        var table = new Table { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded };
        table.AddColumn(string.Empty);
        table.AddColumn(new TableColumn(Markup.Escape(resultHeader)).RightAligned());
        table.AddColumn(new TableColumn(Markup.Escape(referenceHeader)).RightAligned());
        table.AddColumn(string.Empty);
        foreach (var row in _rows)
        {
            table.AddRow(Markup.Escape(row.What), Result(row), Markup.Escape(Reference(row)), Verdict(row));
        }

        (console ?? ReportText.ProcessConsole()).Write(table);
    }

    private static string Verdict(Row row) => row switch
    {
        { Reference: null } => string.Empty,
        { IsReached: true } => "[green]reached[/]",
        { LessIsBetter: true } => "[red]above[/]",
        _ => "[red]below[/]",
    };

    private string Result(Row row) => Markup.Escape(row.Spread > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{row.Result:0.0#} ± {row.Spread:0.0#}{unit}")
        : string.Create(CultureInfo.InvariantCulture, $"{row.Result:0.0#}{unit}"));

    private string Reference(Row row) => row switch
    {
        { Reference: null } => "-",
        { Reference: { } value, Deviation: 0 } => string.Create(CultureInfo.InvariantCulture, $"{value:0.0#}{unit}"),
        { Reference: { } value } => string.Create(CultureInfo.InvariantCulture, $"{value:0.0#} ± {row.Deviation:0.0#}{unit}"),
    };

    // Of a sample, not of all runs that there could be; of a single run it is not known.
    private static double Deviation(IReadOnlyList<double> results)
    {
        double mean = results.Average();
        return results.Count == 1 ? 0 : Math.Sqrt(results.Sum(result => (result - mean) * (result - mean)) / (results.Count - 1));
    }

    private sealed record Row(string What, double Result, double Spread, double? Reference, double Deviation, bool LessIsBetter)
    {
        private double Slack => 2 * Math.Max(Spread, Deviation);

        // NaN reaches nothing.
        public bool IsReached => Reference is null
            || (LessIsBetter ? Result <= Reference + Slack : Result >= Reference - Slack);
    }
}
