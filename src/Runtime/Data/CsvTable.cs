using System.Globalization;
using nietras.SeparatedValues;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The samples of a text file, line by line.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="labelColumn">Column of the label; negative ones count from the end.</param>
/// <param name="separator">What stands between two values.</param>
/// <param name="hasHeader">Whether the first line with content names the columns.</param>
internal sealed class CsvTable(string path, int labelColumn, char separator, bool hasHeader)
{
    private readonly List<float> _values = [];
    private readonly List<long> _labels = [];
    private int _line;
    private int _columns;
    private bool _hasReadHeader;
    private int _comment;

    public void Add(SepReader.Row row)
    {
        // The reader has read ahead when it gives its first row, and names the line that it has come to.
        _line = row.RowIndex == 0 ? 1 : row.LineNumberFrom;
        var text = CsvText.Trim(row.Span, separator);
        if (text.IsEmpty)
        {
            return;
        }

        if (text[0] == '#')
        {
            _comment = _line;
            return;
        }

        if (hasHeader && !_hasReadHeader)
        {
            RequireHeader(text);
            _hasReadHeader = true;
            return;
        }

        AddSample(row, text);
    }

    public InMemoryData Build(ReadOnlySpan<long> shape, float scale)
    {
        if (_labels.Count == 0)
        {
            throw new InvalidDataException($"{path} holds no sample.");
        }

        long[] sample = shape.IsEmpty ? [_columns - 1] : shape.ToArray();
        var size = sample.Aggregate(1L, (product, dimension) => product * dimension);
        if (size != _columns - 1)
        {
            throw new InvalidDataException(
                $"{path} has {_columns - 1} values beside the label on each line, "
                + $"but a sample [{string.Join(", ", sample)}] has {size}.");
        }

        var values = _values.ToArray();
        if (scale != 1)
        {
            foreach (ref var value in values.AsSpan())
            {
                value *= scale;
            }
        }

        using var flat = from_array(values);
        return new InMemoryData(flat.reshape([_labels.Count, .. sample]), from_array(_labels.ToArray()));
    }

    private void AddSample(SepReader.Row row, ReadOnlySpan<char> text)
    {
        RequireColumns(text, row.ColCount);
        var label = labelColumn < 0 ? row.ColCount + labelColumn : labelColumn;
        for (var column = 0; column < row.ColCount; column++)
        {
            var field = row[column].Span.Trim();
            if (column == label)
            {
                _labels.Add(ParseLabel(text, field, column + 1));
            }
            else
            {
                _values.Add(ParseValue(text, field, column + 1));
            }
        }
    }

    // A header that is itself a comment was skipped as one: the line taken for it would be a sample that is lost.
    private void RequireHeader(ReadOnlySpan<char> text)
    {
        if (_comment > 0 && CsvText.IsNumbers(text, separator))
        {
            throw Error($"should name the columns, but holds numbers, and line {_comment} is a comment. "
                + "If that one names them, leave hasHeader out");
        }
    }

    private void RequireColumns(ReadOnlySpan<char> text, int columns)
    {
        if (_columns == 0)
        {
            if (columns == 1)
            {
                throw Error($"has one column when it is split at {CsvText.Name(separator)}, which leaves no value beside a label"
                    + CsvText.AskForSeparator(text, separator));
            }

            if (labelColumn >= columns || labelColumn < -columns)
            {
                throw Error($"has {columns} columns, which leaves no value beside a label in column {labelColumn}");
            }

            _columns = columns;
        }

        if (columns != _columns)
        {
            throw Error($"has {columns} columns, the lines before have {_columns}");
        }
    }

    private long ParseLabel(ReadOnlySpan<char> text, ReadOnlySpan<char> field, int column) =>
        long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var label)
            ? label
            : throw Error(
                $"has '{field}' as label in column {column}, where a whole number from 0 is expected{GuessLabel(text, field)}");

    private float ParseValue(ReadOnlySpan<char> text, ReadOnlySpan<char> field, int column) =>
        CsvText.IsNumber(field, out var value)
            ? value
            : throw Error($"has '{field}' in column {column}, where a number is expected{Guess(text, field)}");

    private string GuessLabel(ReadOnlySpan<char> text, ReadOnlySpan<char> field)
    {
        string guess = Guess(text, field);
        return guess.Length > 0 || field.IsEmpty || CsvText.IsNumber(field, out _) ? guess
            : ". Classes with names are read by a declared table: [Table] on a record with [Label(\"first\", \"second\")]";
    }

    private string Guess(ReadOnlySpan<char> text, ReadOnlySpan<char> field)
    {
        var isFirst = _labels.Count == 0 && !hasHeader;
        return isFirst && CsvText.HasNoNumber(text, separator)
            ? ". If this line names the columns, say hasHeader: true"
            : CsvText.AskForSeparator(field, separator);
    }

    // A sentence of advice brings its own end.
    private InvalidDataException Error(string what) => new($"{path}, line {_line}: {what}{(what.EndsWith('?') ? "" : ".")}");
}
