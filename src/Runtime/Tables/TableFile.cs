using nietras.SeparatedValues;

namespace Dsl.Runtime;

/// <summary>Reads rows of a declared table from text.</summary>
internal static class TableFile
{
    private const string Separators = ",;\t| ";

    /// <summary>All rows of a text, with the lines on which they stand.</summary>
    /// <exception cref="InvalidDataException">A line does not fit; the message says which, and what.</exception>
    public static (TRow[] Rows, int[] Lines) Read<TRow>(string text, string source, CsvFormat format)
        where TRow : ITableRow<TRow>
    {
        format.Require();
        int start = Skip(text, format.SkippedLines, source);
        string content = start == 0 ? text : text[start..];
        var layout = Layout(content, source, format, TRow.Schema);
        var rows = new List<TRow>();
        var lines = new List<int>();
        using var reader = Reader(content, layout.Separator);
        int columns = -1;
        foreach (var row in reader)
        {
            if (IsEmpty(row, format)) continue;
            var place = new TablePlace(source, Line(row, format));
            if (columns < 0)
            {
                columns = row.ColCount;
                if (format.HasHeader) continue;
            }

            if (row.ColCount != columns) throw place.Error(WrongCount(row, columns));
            rows.Add(TRow.Read(new TableLine(row, layout, place)));
            lines.Add(place.Number);
        }

        return ([.. rows], [.. lines]);
    }

    private static TableLayout Layout(string text, string source, CsvFormat format, TableSchema schema)
    {
        var candidates =
            (format.Separator is { } declared ? [declared] : Separators.Where(candidate => candidate != format.Decimal))
            .Select(candidate => (Separator: candidate, First: First(text, candidate, source, format))).ToList();
        var (separator, (cells, line)) =
            candidates.MaxBy(candidate => TableLayout.Matches(schema, format, candidate.First.Cells));
        var place = new TablePlace(source, line);
        return format.HasHeader
            ? TableLayout.ByNames(schema, format, cells, separator, place)
            : TableLayout.InOrder(schema, format, cells, separator, place);
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

    private static bool IsEmpty(SepReader.Row row, CsvFormat format) => row[0].Span is var first && (row.ColCount == 1
        ? first.IsWhiteSpace() : false) || (format.Comment is { } comment && row.Span.TrimStart().StartsWith([comment]));

    // The reader has read ahead when it gives its first row, and names the line that it has come to.
    private static int Line(SepReader.Row row, CsvFormat format) =>
        format.SkippedLines + (row.RowIndex == 0 ? 1 : row.LineNumberFrom);

    private static string WrongCount(SepReader.Row row, int columns)
    {
        bool runsOn = false;
        for (int i = 0; i < row.ColCount; i++) runsOn |= row[i].Span.Contains('\n');
        return $"has {row.ColCount} {(row.ColCount == 1 ? "value" : "values")}, but the first line has {columns}"
            + (runsOn ? ". A quotation mark that opens here is not closed on its line." : ".");
    }

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
