using Microsoft.ML;

namespace Dsl.Runtime;

/// <summary>The rows of a data view.</summary>
/// <param name="cursor">Where its reading stands.</param>
/// <param name="columns">Its columns, null for those that are not read.</param>
internal sealed class DataViewCursor(DataViewRowCursor cursor, DataViewColumn?[] columns) : ITableCursor
{
    /// <inheritdoc/>
    public int Number { get; private set; }

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (!cursor.MoveNext()) return false;
        Number++;
        return true;
    }

    /// <inheritdoc/>
    public TableValue Value(int column) => columns[column]!.Value();

    /// <inheritdoc/>
    public void Dispose() => cursor.Dispose();
}
