using System.Globalization;

namespace Dsl.Runtime;

/// <summary>Where the declared columns stand in a file.</summary>
internal sealed class TableLayout
{
    private readonly CsvFormat _format;
    private readonly int[] _places;

    private TableLayout(TableSchema schema, CsvFormat format, int[] places)
    {
        Schema = schema;
        _format = format;
        _places = places;
        Numbers = format.Numbers();
    }

    public TableSchema Schema { get; }

    public NumberFormatInfo Numbers { get; }

    public bool HasThousands => _format.Thousands is not null;

    /// <summary>The place of a column in a source; −1 where it has none.</summary>
    public int PlaceOf(int column) => _places[column];

    /// <summary>The places of all columns that the source has.</summary>
    public IReadOnlyList<int> Places => [.. _places.Where(place => place >= 0)];

    /// <summary>Whether a text says that a value is missing.</summary>
    public bool IsMissing(ReadOnlySpan<char> text)
    {
        foreach (string missing in _format.Missing)
            if (text.SequenceEqual(missing)) return true;
        return false;
    }

    /// <summary>What a text that is no number was perhaps meant to be.</summary>
    public string AdviseOn(ReadOnlySpan<char> text)
    {
        char other = _format.Decimal == '.' ? ',' : '.';
        var swapped = new CsvFormat { Decimal = other }.Numbers();
        return double.TryParse(text, NumberStyles.Float, swapped, out _) ? $"; with Decimal = '{other}' it would be one"
            : AdviseOnMissing(text);
    }

    /// <summary>What to declare where a text perhaps says that the value is missing.</summary>
    public static string AdviseOnMissing(ReadOnlySpan<char> text) =>
        text is "NA" or "N/A" or "?" or "null" or "NULL" or "NaN" or "nan" or "-"
            ? $"; where it says that the value is missing, declare [Table(Missing = [\"{text}\"])]" : "";

    /// <summary>The layout of columns in their declared order, as of a file whose first line names none.</summary>
    public static TableLayout InOrder(TableSchema schema, CsvFormat format, string[] first, char separator, TablePlace place)
    {
        if (first.Length != schema.Columns.Count)
        {
            throw place.Error($"has {Count(first.Length, "value")} when it is split at {CsvText.Name(separator)}, but "
                + $"{schema.Name} declares "
                + $"{Count(schema.Columns.Count, "column")}.");
        }

        return new TableLayout(schema, format, [.. Enumerable.Range(0, first.Length)]);
    }

    /// <summary>The layout that names of columns give.</summary>
    /// <param name="schema">The declared columns.</param>
    /// <param name="format">How values are written that are text.</param>
    /// <param name="names">The names in the source.</param>
    /// <param name="source">What the source is called in messages.</param>
    /// <param name="how">What precedes the list of its columns in a message.</param>
    public static TableLayout ByNames(
        TableSchema schema, CsvFormat format, IReadOnlyList<string> names, string source, string how = "It has")
    {
        var places = new int[schema.Columns.Count];
        for (int column = 0; column < places.Length; column++)
        {
            var declared = schema.Columns[column];
            int[] found = Find(names, declared.Header);
            if (found.Length > 1)
                throw new InvalidDataException($"{source} names the column '{declared.Header}' {found.Length} times.");
            bool canLack = declared.IsNullable && declared.Role != ColumnRole.Feature;
            if (found.Length == 0 && !canLack)
            {
                string meant = NearName.Of(declared.Header, names) is { } near
                    ? $". Is it '{near}'? Then declare [Column(\"{near}\")]" : "";
                throw new InvalidDataException($"{source} has no column '{declared.Header}', which {schema.Name} declares. "
                    + $"{how}: {string.Join(", ", names)}{meant}.");
            }

            places[column] = found.Length == 0 ? -1 : found[0];
        }

        return new TableLayout(schema, format, places);
    }

    /// <summary>How many of the declared columns a first line has.</summary>
    public static int Matches(TableSchema schema, CsvFormat format, string[] first) => format.HasHeader
        ? schema.Columns.Count(column => Find(first, column.Header).Length == 1)
        : first.Length == schema.Columns.Count ? first.Length : 0;

    /// <summary>Whether two names differ in capitals, and in what is neither letter nor digit, alone.</summary>
    public static bool IsSameName(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int i = 0, j = 0;
        while (true)
        {
            while (i < left.Length && !char.IsLetterOrDigit(left[i])) i++;
            while (j < right.Length && !char.IsLetterOrDigit(right[j])) j++;
            if (i == left.Length || j == right.Length) return i == left.Length && j == right.Length;
            if (char.ToUpperInvariant(left[i++]) != char.ToUpperInvariant(right[j++])) return false;
        }
    }

    // What is written in the very same way comes before what is alike.
    private static int[] Find(IReadOnlyList<string> names, string header)
    {
        int[] same = Places(name => name == header);
        return same.Length > 0 ? same : Places(name => name.Length > 0 && IsSameName(name, header));

        int[] Places(Func<string, bool> fits) => [.. Enumerable.Range(0, names.Count).Where(place => fits(names[place].Trim()))];
    }

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
