using System.Text;

namespace Dsl.Runtime;

/// <summary>Rows of a declared table, checked against the declaration.</summary>
/// <remarks>They are as they were read: what is scaled or filled in is so for a model, by statistics of the rows it is trained
/// on.</remarks>
/// <typeparam name="TRow">The record.</typeparam>
public sealed class TableData<TRow> : RowData<TRow, TableData<TRow>>
    where TRow : ITableRow<TRow>
{
    private readonly double[] _values;
    private readonly TableOrigin? _origin;
    private readonly int[] _numbers;

    private TableData(TRow[] rows, double[] values, TableOrigin? origin, int[] numbers)
        : base(rows)
    {
        _values = values;
        _origin = origin;
        _numbers = numbers;
    }

    /// <summary>The declared columns.</summary>
    public static TableSchema Schema => TRow.Schema;

    /// <inheritdoc/>
    internal override bool HasClasses => Schema.HasClasses;

    /// <inheritdoc/>
    private protected override string Name => Schema.Name;

    /// <summary>Rows in memory.</summary>
    /// <exception cref="DataMismatchException">A value does not fit its column; the message says which.</exception>
    public static TableData<TRow> From(IEnumerable<TRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        TRow[] all = [.. rows];
        return Create(all, null, [.. Enumerable.Range(1, all.Length)]);
    }

    /// <summary>Rows in memory of which nobody reads the labels.</summary>
    internal static TableData<TRow> ToPredict(IEnumerable<TRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        TRow[] all = [.. rows];
        return Create(all, null, [.. Enumerable.Range(1, all.Length)], readsLabels: false);
    }

    /// <summary>The rows of a file, plain or gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Changes how the file is read from what the record declares.</param>
    /// <exception cref="InvalidDataException">A line does not fit; the message says line, column and value.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TableData<TRow> Load(string path, Func<CsvFormat, CsvFormat>? format = null)
    {
        var chosen = Format(format);
        using var stream = DataFile.Open(path);
        using var reader = new StreamReader(stream, chosen.Encoding, detectEncodingFromByteOrderMarks: true);
        return Read(reader, path, chosen);
    }

    /// <summary>The rows of a text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="format">Changes how it is read from what the record declares.</param>
    /// <exception cref="InvalidDataException">A line does not fit; the message says line, column and value.</exception>
    public static TableData<TRow> Read(TextReader reader, string name = "text", Func<CsvFormat, CsvFormat>? format = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Read(reader, name, Format(format));
    }

    /// <summary>The rows of a source whose values have types.</summary>
    /// <param name="source">The source.</param>
    /// <exception cref="InvalidDataException">A column is missing or of another type, or a value does not fit; the message says
    /// row, column and value.</exception>
    public static TableData<TRow> Read(ITableSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var origin = TableOrigin.OfRows(source.Name);
        var (rows, numbers) = TableFile.Read<TRow>(source, origin);
        return Create(rows, origin, numbers);
    }

    /// <inheritdoc/>
    public override TableData<TRow> Subset(IEnumerable<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int[] places = [.. rows];
        int width = Schema.Columns.Count;
        var values = new double[places.Length * width];
        for (int i = 0; i < places.Length; i++)
            _values.AsSpan(places[i] * width, width).CopyTo(values.AsSpan(i * width));
        return new TableData<TRow>(
            [.. places.Select(place => Rows[place])], values, _origin, [.. places.Select(place => _numbers[place])]);
    }

    /// <summary>The numbers of a row, one for each column.</summary>
    internal ReadOnlySpan<double> Values(int row) => _values.AsSpan(row * Schema.Columns.Count, Schema.Columns.Count);

    /// <summary>Where a row stands.</summary>
    internal TablePlace Place(int row) => new(_origin, _numbers[row]);

    private static CsvFormat Format(Func<CsvFormat, CsvFormat>? format) => format is null ? Schema.Format : format(Schema.Format);

    private static TableData<TRow> Read(TextReader reader, string name, CsvFormat format)
    {
        string text;
        try
        {
            text = reader.ReadToEnd();
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException(
                $"{name} is not encoded as {format.Encoding.WebName}: give its encoding, as by "
                + "format => format with { Encoding = Encoding.Latin1 }.", error);
        }

        var origin = TableOrigin.OfText(name);
        var (rows, lines) = TableFile.Read<TRow>(text, origin, format);
        return Create(rows, origin, lines);
    }

    private static TableData<TRow> Create(TRow[] rows, TableOrigin? origin, int[] numbers, bool readsLabels = true)
    {
        int width = Schema.Columns.Count;
        var values = new double[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(rows[i], nameof(rows));
            rows[i].Write(new TableCells(values.AsSpan(i * width, width), Schema, new TablePlace(origin, numbers[i]),
                readsLabels));
        }

        return new TableData<TRow>(rows, values, origin, numbers);
    }

    /// <inheritdoc/>
    private protected override long[] Classes()
    {
        int label = Schema.Labels[0];
        return [.. Enumerable.Range(0, Count).Select(row => (long)RequireLabel(row, label))];
    }

    /// <summary>A label, which must be there.</summary>
    /// <exception cref="DataMismatchException">It is missing.</exception>
    internal double RequireLabel(int row, int column) => Values(row)[column] is var value && !double.IsNaN(value)
        ? value
        : throw Place(row).Error($"column '{Schema.Columns[column].Header}' has no value, and without its label a row can be "
            + $"predicted alone.");
}
