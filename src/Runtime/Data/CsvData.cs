using System.Globalization;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Numbers in a text file, a sample on each line; plain or gzip.</summary>
/// <remarks>Blank lines and lines that start with # are skipped. Numbers use a point, whatever the machine's language.</remarks>
public static class CsvData
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; every line holds the same number of values.</param>
    /// <param name="shape">Shape of one sample, as [1, 8, 8]; empty for a flat one. Its size is the number of values beside the label.</param>
    /// <param name="labelColumn">Column of the label, a whole number at least 0; −1 is the last one.</param>
    /// <param name="scale">Factor of every value.</param>
    /// <param name="separator">What stands between two values.</param>
    /// <param name="hasHeader">Whether the first line names the columns.</param>
    /// <returns>Inputs [N, shape] float32 and labels [N]; the caller disposes them.</returns>
    /// <exception cref="InvalidDataException">A line does not fit; the message names it.</exception>
    public static InMemoryData Load(
        string path,
        ReadOnlySpan<long> shape = default,
        int labelColumn = -1,
        double scale = 1,
        char separator = ',',
        bool hasHeader = false)
    {
        using var reader = new StreamReader(DataFile.Open(path));
        var table = new Table(path, labelColumn, separator);
        if (hasHeader)
        {
            table.Skip(reader.ReadLine());
        }

        while (reader.ReadLine() is { } line)
        {
            table.Add(line);
        }

        return table.Build(shape, (float)scale);
    }

    private sealed class Table(string path, int labelColumn, char separator)
    {
        private readonly List<float> _values = [];
        private readonly List<long> _labels = [];
        private int _line;
        private int _columns;

        public void Skip(string? line) => _line += line is null ? 0 : 1;

        public void Add(string line)
        {
            _line++;
            var text = line.AsSpan().Trim();
            if (text.IsEmpty || text[0] == '#')
            {
                return;
            }

            var columns = text.Count(separator) + 1;
            RequireColumns(columns);
            var label = labelColumn < 0 ? columns + labelColumn : labelColumn;
            var column = 0;
            foreach (var range in text.Split(separator))
            {
                var field = text[range].Trim();
                if (column++ == label)
                {
                    _labels.Add(ParseLabel(field, column));
                }
                else
                {
                    _values.Add(ParseValue(field, column));
                }
            }
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
                    $"{path} has {_columns - 1} values beside the label on each line, but a sample [{string.Join(", ", sample)}] has {size}.");
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

        private void RequireColumns(int columns)
        {
            if (_columns == 0)
            {
                if (columns < 2 || labelColumn >= columns || labelColumn < -columns)
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

        private long ParseLabel(ReadOnlySpan<char> field, int column) =>
            long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var label)
                ? label
                : throw Error($"has '{field}' as label in column {column}, where a whole number from 0 is expected");

        private float ParseValue(ReadOnlySpan<char> field, int column) =>
            float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
                ? value
                : throw Error($"has '{field}' in column {column}, where a number is expected");

        private InvalidDataException Error(string what) => new($"{path}, line {_line}: {what}.");
    }
}
