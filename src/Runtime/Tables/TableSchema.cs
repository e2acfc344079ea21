namespace Dsl.Runtime;

/// <summary>The columns of a declared table, in the order of their declaration.</summary>
/// <param name="name">The record's name.</param>
/// <param name="format">How its files are written, where a caller says nothing else.</param>
/// <param name="columns">The columns.</param>
public sealed class TableSchema(string name, CsvFormat format, params IReadOnlyList<ColumnSchema> columns)
{
    /// <summary>The record's name.</summary>
    public string Name => name;

    /// <summary>How its files are written, where a caller says nothing else.</summary>
    public CsvFormat Format => format;

    /// <summary>All columns.</summary>
    public IReadOnlyList<ColumnSchema> Columns => columns;

    /// <summary>The places of the labels among the columns.</summary>
    public IReadOnlyList<int> Labels { get; } =
        [.. Enumerable.Range(0, columns.Count).Where(column => columns[column].Role == ColumnRole.Label)];

    /// <summary>The names of what a model predicts: the classes of a label that is one of several, else the labels.</summary>
    public IReadOnlyList<string> Outputs => Labels is [var label] && columns[label].Kind == ColumnKind.Category
        ? columns[label].Categories
        : [.. Labels.Select(each => columns[each].Name)];

    /// <summary>How many numbers a model gets of a row.</summary>
    public int Width { get; } = columns.Sum(column => column.Width);

    /// <summary>Whether the label is one of several classes, or yes or no: then parts can have each in its proportion.</summary>
    public bool HasClasses => Labels.Count == 1 && columns[Labels[0]].Kind != ColumnKind.Number;

    /// <summary>What the columns are, a line for each that a model depends on.</summary>
    internal string Describe() =>
        string.Join('\n', columns.Where(column => column.Role != ColumnRole.Ignored).Select(column => column.Describe()));
}
