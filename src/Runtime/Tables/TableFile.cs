using nietras.SeparatedValues;

namespace Dsl.Runtime;

/// <summary>Reads rows of a declared table from text.</summary>
internal static class TableFile
{
    private const string Separators = ",;\t| ";

    /// <summary>All rows of a text, with the lines on which they stand.</summary>
    /// <exception cref="InvalidDataException">A line does not fit; the message says which, and what.</exception>
    public static (TRow[] Rows, int[] Lines) Read<TRow>(string text, TableOrigin origin, CsvFormat format)
        where TRow : ITableRow<TRow>
    {
        format.Require();
        int start = Skip(text, format.SkippedLines, origin.Name);
        string content = start == 0 ? text : text[start..];
        var (layout, separator) = Layout(content, origin, format, TRow.Schema);
        using var cursor = new CsvCursor(Reader(content, separator), origin, format);
        return Read<TRow>(cursor, layout, origin);
    }

    /// <summary>All rows of a source, with their numbers.</summary>
    /// <exception cref="InvalidDataException">A row does not fit; the message says which, and what.</exception>
    public static (TRow[] Rows, int[] Numbers) Read<TRow>(ITableSource source, TableOrigin origin)
        where TRow : ITableRow<TRow>
    {
        var layout = TableLayout.ByNames(TRow.Schema, TRow.Schema.Format, source.Columns, source.Name);
        using var cursor = source.Open(layout.Places);
        return Read<TRow>(cursor, layout, origin);
    }

    /// <summary>Whether a line holds nothing of a table.</summary>
    public static bool IsEmpty(SepReader.Row row, CsvFormat format) => row[0].Span is var first && (row.ColCount == 1
        ? first.IsWhiteSpace() : false) || (format.Comment is { } comment && row.Span.TrimStart().StartsWith([comment]));

    /// <summary>The number of a line. The reader has read ahead when it gives its first row, and names the line that it has come
    /// to.</summary>
    public static int Line(SepReader.Row row, CsvFormat format) =>
        format.SkippedLines + (row.RowIndex == 0 ? 1 : row.LineNumberFrom);

    private static (TRow[] Rows, int[] Numbers) Read<TRow>(ITableCursor cursor, TableLayout layout, TableOrigin origin)
        where TRow : ITableRow<TRow>
    {
        var rows = new List<TRow>();
        var numbers = new List<int>();
        while (cursor.MoveNext())
        {
            rows.Add(TRow.Read(new TableLine(cursor, layout, new TablePlace(origin, cursor.Number))));
            numbers.Add(cursor.Number);
        }

        return ([.. rows], [.. numbers]);
    }

    private static (TableLayout Layout, char Separator) Layout(
        string text, TableOrigin origin, CsvFormat format, TableSchema schema)
    {
        var candidates =
            (format.Separator is { } declared ? [declared] : Separators.Where(candidate => candidate != format.Decimal))
            .Select(candidate => (Separator: candidate, First: First(text, candidate, origin.Name, format))).ToList();
        var (separator, (cells, line)) =
            candidates.MaxBy(candidate => TableLayout.Matches(schema, format, candidate.First.Cells));
        var place = new TablePlace(origin, line);
        var layout = format.HasHeader
            ? TableLayout.ByNames(schema, format, cells, $"{place}:", $"Split at {CsvText.Name(separator)} it has")
            : TableLayout.InOrder(schema, format, cells, separator, place);
        return (layout, separator);
    }

    private static (string[] Cells, int Line) First(string text, char separator, string source, CsvFormat format)
    {
        using var reader = Reader(text, separator);
        foreach (var row in reader)
        {
            if (IsEmpty(row, format)) continue;
            var cells = new string[row.ColCount];
            for (int i = 0; i < cells.Length; i++) cells[i] = row[i].ToString();
            return (cells, Line(row, format));
        }

        throw new InvalidDataException($"{source} holds no line of a table.");
    }

    // Where spaces separate, they cannot be trimmed; everywhere else a quotation mark may have some around it.
    private static SepReader Reader(string text, char separator) => Sep.New(separator).Reader(options => options with
    {
        HasHeader = false,
        Unescape = true,
        DisableColCountCheck = true,
        Trim = separator == ' ' ? SepTrim.None : SepTrim.Outer,
    }).FromText(text);

    private static int Skip(string text, int lines, string source)
    {
        int start = 0;
        for (int i = 0; i < lines; i++)
        {
            int end = text.IndexOf('\n', start);
            if (end < 0) throw new InvalidDataException($"{source} has no more than the {lines} lines that are skipped.");
            start = end + 1;
        }

        return start;
    }
}
