using System.Text;

namespace Dsl.Runtime;

/// <summary>Rows of a declared table, checked against the declaration.</summary>
/// <remarks>They are as they were read: what is scaled or filled in is so for a model, by statistics of the rows it is trained
/// on.</remarks>
/// <typeparam name="TRow">The record.</typeparam>
public sealed class TableData<TRow>
    where TRow : ITableRow<TRow>
{
    private readonly TRow[] _rows;
    private readonly double[] _values;
    private readonly string? _source;
    private readonly int[] _numbers;

    private TableData(TRow[] rows, double[] values, string? source, int[] numbers)
    {
        _rows = rows;
        _values = values;
        _source = source;
        _numbers = numbers;
    }

    /// <summary>The declared columns.</summary>
    public static TableSchema Schema => TRow.Schema;

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>The rows, in order.</summary>
    public IReadOnlyList<TRow> Rows => _rows;

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

    /// <summary>Some rows, in the order given.</summary>
    /// <param name="rows">Their places, each in [0, Count); one may come more than once.</param>
    public TableData<TRow> Subset(IEnumerable<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int[] places = [.. rows];
        int width = Schema.Columns.Count;
        var values = new double[places.Length * width];
        for (int i = 0; i < places.Length; i++)
            _values.AsSpan(places[i] * width, width).CopyTo(values.AsSpan(i * width));
        return new TableData<TRow>(
            [.. places.Select(place => _rows[place])], values, _source, [.. places.Select(place => _numbers[place])]);
    }

    /// <summary>The rows for which a condition holds.</summary>
    public TableData<TRow> Where(Func<TRow, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Subset(Enumerable.Range(0, Count).Where(place => condition(_rows[place])));
    }

    /// <summary>Two parts at random.</summary>
    /// <param name="testShare">The second part's share of the rows, in (0, 1); each part gets at least one.</param>
    /// <param name="seed">Equal seeds give equal parts.</param>
    public TableSplit<TRow> Split(double testShare, long seed = 0) => Part(RowSplits.Plain(Count, testShare, seed));

    /// <summary>Two parts at random, each class in its proportion (to the nearest row).</summary>
    /// <param name="testShare">The second part's share of the rows, in (0, 1).</param>
    /// <param name="seed">Equal seeds give equal parts.</param>
    /// <exception cref="InvalidOperationException">The label is not a class.</exception>
    public TableSplit<TRow> StratifiedSplit(double testShare, long seed = 0) =>
        Part(RowSplits.Stratified(Classes(), testShare, seed));

    /// <summary>Two parts at random, with all rows of a group in the same one: what a model learns of a patient then says nothing
    /// of those it is tested on.</summary>
    /// <param name="group">The group of a row.</param>
    /// <param name="testShare">The second part's share of the groups, in (0, 1); each part gets at least one.</param>
    /// <param name="seed">Equal seeds give equal parts.</param>
    public TableSplit<TRow> GroupedSplit<TGroup>(Func<TRow, TGroup> group, double testShare, long seed = 0)
        where TGroup : notnull =>
        Part(RowSplits.Grouped(Groups(group), testShare, seed));

    /// <summary>Splits of which each row is in the second part of exactly one.</summary>
    /// <param name="count">How many, in [2, Count].</param>
    /// <param name="seed">Equal seeds give equal folds.</param>
    public IReadOnlyList<TableSplit<TRow>> Folds(int count, long seed = 0) => Parts(RowSplits.Folds(Count, count, seed));

    /// <summary>Likewise, with each class in its proportion.</summary>
    /// <param name="count">How many, in [2, Count].</param>
    /// <param name="seed">Equal seeds give equal folds.</param>
    /// <exception cref="InvalidOperationException">The label is not a class.</exception>
    public IReadOnlyList<TableSplit<TRow>> StratifiedFolds(int count, long seed = 0) =>
        Parts(RowSplits.StratifiedFolds(Classes(), count, seed));

    /// <summary>Likewise, with all rows of a group together.</summary>
    /// <param name="count">How many, at least 2, and at most as many as there are groups.</param>
    /// <param name="group">The group of a row.</param>
    /// <param name="seed">Equal seeds give equal folds.</param>
    public IReadOnlyList<TableSplit<TRow>> GroupedFolds<TGroup>(int count, Func<TRow, TGroup> group, long seed = 0)
        where TGroup : notnull =>
        Parts(RowSplits.GroupedFolds(Groups(group), count, seed));

    /// <summary>The numbers of a row, one for each column.</summary>
    internal ReadOnlySpan<double> Values(int row) => _values.AsSpan(row * Schema.Columns.Count, Schema.Columns.Count);

    /// <summary>Where a row stands.</summary>
    internal TablePlace Place(int row) => new(_source, _numbers[row]);

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

        var (rows, lines) = TableFile.Read<TRow>(text, name, format);
        return Create(rows, name, lines);
    }

    private static TableData<TRow> Create(TRow[] rows, string? source, int[] numbers, bool readsLabels = true)
    {
        int width = Schema.Columns.Count;
        var values = new double[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(rows[i], nameof(rows));
            rows[i].Write(new TableCells(values.AsSpan(i * width, width), Schema, new TablePlace(source, numbers[i]),
                readsLabels));
        }

        return new TableData<TRow>(rows, values, source, numbers);
    }

    private TableSplit<TRow> Part((int[] Train, int[] Test) parts) => new(Subset(parts.Train), Subset(parts.Test));

    private List<TableSplit<TRow>> Parts(IEnumerable<(int[] Train, int[] Test)> parts) => [.. parts.Select(Part)];

    private long[] Classes()
    {
        if (!Schema.HasClasses)
            throw new InvalidOperationException($"{Schema.Name} has no label that is a class: split without strata.");
        int label = Schema.Labels[0];
        return [.. Enumerable.Range(0, Count).Select(row => (long)RequireLabel(row, label))];
    }

    /// <summary>A label, which must be there.</summary>
    /// <exception cref="DataMismatchException">It is missing.</exception>
    internal double RequireLabel(int row, int column) => Values(row)[column] is var value && !double.IsNaN(value)
        ? value
        : throw Place(row).Error($"column '{Schema.Columns[column].Header}' has no value, and without its label a row can be "
            + $"predicted alone.");

    private int[] Groups<TGroup>(Func<TRow, TGroup> group)
        where TGroup : notnull
    {
        ArgumentNullException.ThrowIfNull(group);
        var known = new Dictionary<TGroup, int>();
        var groups = new int[Count];
        for (int row = 0; row < Count; row++)
        {
            var key = group(_rows[row]);
            if (!known.TryGetValue(key, out groups[row])) known.Add(key, groups[row] = known.Count);
        }

        return groups;
    }
}
