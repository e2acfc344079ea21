using Dsl.Runtime;

namespace Recipes;

/// <summary>A table of a recipe's results beside their references, which is shown, and kept to be recorded.</summary>
/// <param name="title">Stands above the table.</param>
/// <param name="unit">Stands after every number, as " %"; may be empty.</param>
/// <param name="resultHeader">Heads the results.</param>
/// <param name="referenceHeader">Heads the references: where they come from.</param>
/// <param name="lessIsBetter">Whether smaller results are the better ones, as losses.</param>
public sealed class RecipeTable(
    string title, string unit, string resultHeader, string referenceHeader, bool lessIsBetter = false)
{
    private static readonly List<RecordedTable> Written = [];

    private readonly ResultsTable _table = new(title, unit, resultHeader, referenceHeader, lessIsBetter);
    private readonly List<RecordedRow> _rows = [];

    /// <summary>Every table that this process has shown, in order.</summary>
    public static IReadOnlyList<RecordedTable> Shown => Written;

    /// <summary>Whether every result reaches its reference.</summary>
    public bool AllReached => _table.AllReached;

    /// <summary>Adds a line.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="result">What came out.</param>
    /// <param name="reference">What is expected; null for nothing to compare with.</param>
    /// <param name="deviation">Standard deviation of the reference over seeds, at least 0.</param>
    /// <returns>This table.</returns>
    public RecipeTable Add(string what, double result, double? reference = null, double deviation = 0)
    {
        _table.Add(what, result, reference, deviation);
        _rows.Add(new RecordedRow(what, result, reference, deviation));
        return this;
    }

    /// <summary>Adds a line for the mean of several runs, shown with their standard deviation.</summary>
    /// <param name="what">What was measured.</param>
    /// <param name="results">What came out of each run, at least one.</param>
    /// <param name="reference">What is expected; null for nothing to compare with.</param>
    /// <param name="deviation">Standard deviation of the reference over seeds, at least 0.</param>
    /// <returns>This table.</returns>
    public RecipeTable Add(string what, IReadOnlyList<double> results, double? reference = null, double deviation = 0)
    {
        _table.Add(what, results, reference, deviation);
        _rows.Add(new RecordedRow(what, results.Average(), reference, deviation));
        return this;
    }

    /// <summary>Shows the table, and keeps it.</summary>
    public void Write()
    {
        _table.Write();
        Written.Add(new RecordedTable(title, unit.Trim(), referenceHeader, lessIsBetter, _rows));
    }
}
