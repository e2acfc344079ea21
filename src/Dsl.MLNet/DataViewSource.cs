using Microsoft.ML;

namespace Dsl.Runtime;

/// <summary>A data view as a source of rows.</summary>
internal sealed class DataViewSource : ITableSource
{
    private readonly IDataView _view;
    private readonly DataViewSchema.Column[] _columns;

    public DataViewSource(IDataView view, string name)
    {
        Name = name;
        _view = view;
        // A hidden column is one that another of the same name has replaced.
        _columns = [.. view.Schema.Where(column => !column.IsHidden)];
        Columns = [.. _columns.Select(column => column.Name)];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public ITableCursor Open(IReadOnlyList<int> columns)
    {
        foreach (int column in columns)
        {
            if (DataViewColumn.CanRead(_columns[column])) continue;
            throw new InvalidDataException($"{Name}: column '{Columns[column]}' is of type {_columns[column].Type}, where a "
                + "declared column can be of numbers, of true and false, of texts, or of keys.");
        }

        var cursor = _view.GetRowCursor(columns.Select(column => _columns[column]));
        var opened = new DataViewColumn?[_columns.Length];
        foreach (int column in columns) opened[column] = DataViewColumn.Of(cursor, _columns[column]);
        return new DataViewCursor(cursor, opened);
    }
}
