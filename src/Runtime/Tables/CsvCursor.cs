using nietras.SeparatedValues;

namespace Dsl.Runtime;

/// <summary>The lines of a text that are rows of a table, each with as many values as the first.</summary>
internal sealed class CsvCursor(SepReader reader, TableOrigin origin, CsvFormat format) : ITableCursor
{
    private int _columns = -1;

    /// <inheritdoc/>
    public int Number { get; private set; }

    /// <inheritdoc/>
    public bool MoveNext()
    {
        while (reader.MoveNext())
        {
            var row = reader.Current;
            if (TableFile.IsEmpty(row, format)) continue;
            Number = TableFile.Line(row, format);
            if (_columns < 0)
            {
                _columns = row.ColCount;
                if (format.HasHeader) continue;
            }

            return row.ColCount == _columns ? true : throw new TablePlace(origin, Number).Error(WrongCount(row, _columns));
        }

        return false;
    }

    /// <inheritdoc/>
    public TableValue Value(int column) => TableValue.Written(reader.Current[column].Span.Trim());

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private static string WrongCount(SepReader.Row row, int columns)
    {
        bool runsOn = false;
        for (int i = 0; i < row.ColCount; i++) runsOn |= row[i].Span.Contains('\n');
        return $"has {row.ColCount} {(row.ColCount == 1 ? "value" : "values")}, but the first line has {columns}"
            + (runsOn ? ". A quotation mark that opens here is not closed on its line." : ".");
    }
}
