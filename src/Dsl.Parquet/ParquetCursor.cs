using Parquet;

namespace Dsl.Runtime;

/// <summary>The rows of a Parquet file, of which one group at a time is in memory.</summary>
/// <param name="reader">The file.</param>
/// <param name="columns">Its columns, null for those that are not read.</param>
/// <param name="name">What errors call the file.</param>
internal sealed class ParquetCursor(ParquetReader reader, ParquetColumn?[] columns, string name) : ITableCursor
{
    private int _group;
    private int _row = -1;
    private int _rows;

    /// <inheritdoc/>
    public int Number { get; private set; }

    /// <inheritdoc/>
    public bool MoveNext()
    {
        _row++;
        while (_row == _rows)
        {
            if (_group == reader.RowGroupCount) return false;
            _rows = ReadGroup(_group++);
            _row = 0;
        }

        Number++;
        return true;
    }

    /// <inheritdoc/>
    public TableValue Value(int column) => columns[column]!.Value(_row);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private int ReadGroup(int index)
    {
        using var group = reader.OpenRowGroupReader(index);
        int rows = checked((int)group.RowCount);
        foreach (var column in columns)
        {
            if (column is null) continue;
            try
            {
                ParquetSource.Wait(async () =>
                {
                    await column.Read(group, rows).ConfigureAwait(false);
                    return true;
                });
            }
            catch (InvalidDataException error)
            {
                throw new InvalidDataException($"{name}: the values of column '{column.Name}' are damaged.", error);
            }
        }

        return rows;
    }
}
